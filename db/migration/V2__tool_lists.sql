-- What each server last told of its tools, so that they are known before it has started again.
-- The text is kept as it came: the order of properties means something to readers.
CREATE TABLE IF NOT EXISTS mcp_proxy.tool_lists (
  server_id text PRIMARY KEY,
  definition text NOT NULL,
  tools text NOT NULL,
  learned_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN mcp_proxy.tool_lists.definition IS 'Stands for how the server was reached; under another definition the list means nothing.';
