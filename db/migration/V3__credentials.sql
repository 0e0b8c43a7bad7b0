-- An encrypted value is longer than the clear one: a column of before that bounds its length is widened.
SET LOCAL client_min_messages = warning;

DO $$
BEGIN
  IF (SELECT atttypid FROM pg_attribute
        WHERE attrelid = 'mcp_proxy.tenant_server_keys'::regclass AND attname = 'key_value') <> 'text'::regtype THEN
    ALTER TABLE mcp_proxy.tenant_server_keys ALTER COLUMN key_value TYPE text;
  END IF;
EXCEPTION WHEN feature_not_supported THEN
  RAISE WARNING 'mcp_proxy.tenant_server_keys.key_value is not of type text, and a view keeps it as it is; long values cannot be encrypted';
END $$;
