-- Which of the operator's own files were applied, so that each is applied once.
CREATE TABLE IF NOT EXISTS mcp_proxy.applied_seeds (
  file_name text PRIMARY KEY,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN mcp_proxy.applied_seeds.checksum IS 'SHA-256 of the file, in hexadecimal.';
