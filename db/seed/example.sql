-- An example of who may use what. Copy it, put your own names in, and run it while Toolgate runs:
--
--   psql "$(./toolgate db-url)" -f groups.sql
--
-- With DATABASE_URL it is the same command. It is effective within a second, and may be run again at any time: what is there
-- already stays as it is.
--
--   * A user is an e-mail address; upper and lower case are the same.
--   * A group has any name. It exists as soon as it is named here, or arrives with a proof such as the gateway's header.
--   * A server is named as in tenants/ and in GET /servers (in these tables the column is called tenant_id).
--   * Nobody has anything that is not granted. Administrators are named in ADMIN_EMAILS, not here; members of the group
--     MCP-Admin are administrators too.

BEGIN;

-- Users into groups.
INSERT INTO mcp_proxy.user_group_membership (user_email, group_name) VALUES
  ('ann@example.org', 'Developers'),
  ('bob@example.org', 'Developers'),
  ('bob@example.org', 'Support')
ON CONFLICT DO NOTHING;

-- Groups to servers.
INSERT INTO mcp_proxy.group_tenant_mapping (group_name, tenant_id) VALUES
  ('Developers', 'github'),
  ('Developers', 'filesystem'),
  ('Support', 'filesystem'),
  ('Support', 'time')
ON CONFLICT DO NOTHING;

-- A group has all tools of its servers, unless rows here narrow that: with allowed = true it has only the tools named so, with
-- false all but those. * stands for any text. A user in several groups has what any of them gives.
INSERT INTO mcp_proxy.group_tool_mapping (group_name, tenant_id, tool_name, allowed) VALUES
  ('Support', 'filesystem', 'read_*', true),
  ('Support', 'filesystem', 'list_*', true),
  ('Developers', 'github', 'delete_*', false)
ON CONFLICT DO NOTHING;

-- One server to one user.
INSERT INTO mcp_proxy.user_tenant_access (user_email, tenant_id) VALUES
  ('cat@example.org', 'time')
ON CONFLICT DO NOTHING;

COMMIT;

-- Who has what now:
SELECT * FROM mcp_proxy.user_server_access ORDER BY user_email, server_id;

-- To take something away again, for example:
--   DELETE FROM mcp_proxy.user_group_membership WHERE lower(user_email) = 'bob@example.org' AND group_name = 'Support';
--   DELETE FROM mcp_proxy.group_tenant_mapping WHERE group_name = 'Developers' AND tenant_id = 'github';
