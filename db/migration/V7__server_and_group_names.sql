-- Views whose columns say what is in them: in the tables, tenant_id is a server here and a group there. They are written like the
-- tables, whose names go on working.
DO $$
DECLARE
  honest record;
BEGIN
  FOR honest IN
    SELECT * FROM (VALUES
      ('group_server_mapping', 'group_tenant_mapping', 'group_name, tenant_id AS server_name, created_at'),
      ('group_server_tools', 'group_tool_mapping', 'group_name, tenant_id AS server_name, tool_name, allowed'),
      ('user_server_mapping', 'user_tenant_access', 'user_email, tenant_id AS server_name, access_level'),
      ('group_server_keys', 'tenant_server_keys',
        'tenant_id AS group_name, server_id AS server_name, key_name, key_value, created_at, updated_at'),
      ('group_server_endpoints', 'tenant_endpoint_overrides',
        'tenant_id AS group_name, server_id AS server_name, endpoint_url, created_at')) AS v (name, source, columns)
  LOOP
    IF to_regclass('mcp_proxy.' || honest.name) IS NULL THEN
      EXECUTE format('CREATE VIEW mcp_proxy.%I AS SELECT %s FROM mcp_proxy.%I', honest.name, honest.columns, honest.source);
      EXECUTE format('COMMENT ON VIEW mcp_proxy.%I IS %L', honest.name, 'Read and written like mcp_proxy.' || honest.source || '.');
    ELSE
      RAISE WARNING 'There is a mcp_proxy.% already, which is not Toolgate''s view; write mcp_proxy.%', honest.name, honest.source;
    END IF;
  END LOOP;
END $$;
