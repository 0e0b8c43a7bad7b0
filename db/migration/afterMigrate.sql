-- Unqualified names of Toolgate's tables work for the role that Toolgate connects as, in every new session: mcp_proxy is put at
-- the end of the role's search path in this database, behind public, so that no name of anybody else means something new.
DO $$
DECLARE
  usual text := (SELECT reset_val FROM pg_settings WHERE name = 'search_path');
BEGIN
  IF usual !~ '(^|[ ,"])mcp_proxy($|[ ,"])' THEN
    EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET search_path = %s',
      current_database(), CASE usual WHEN '' THEN 'mcp_proxy' ELSE usual || ', mcp_proxy' END);
  END IF;
EXCEPTION WHEN insufficient_privilege OR internal_error THEN
  RAISE WARNING 'The search path of % could not be set (%); write mcp_proxy. before the names of tables', current_user, SQLERRM;
END $$;
