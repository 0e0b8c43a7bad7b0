-- The program that Toolgate replaces reads tenant_server_endpoints, whatever its scripts make. Its rows go into
-- tenant_endpoint_overrides, and a view takes its place, so that old SQL goes on working.
--
-- Where both name an address, that of tenant_endpoint_overrides counts: it may have been changed since.

SET LOCAL client_min_messages = warning;

DO $$
DECLARE
  place text;
  old oid;
  columns text[];
  list text;
  differing bigint;
  privilege record;
BEGIN
  FOREACH place IN ARRAY ARRAY['mcp_proxy', 'public'] LOOP
    old := to_regclass(place || '.tenant_server_endpoints');
    CONTINUE WHEN old IS NULL OR (SELECT relkind FROM pg_class WHERE oid = old) NOT IN ('r', 'p');
    SELECT array_agg(attname::text),
        string_agg(quote_ident(attname), ', ' ORDER BY attnum)
          FILTER (WHERE attname IN ('tenant_id', 'server_id', 'endpoint_url', 'created_at'))
      INTO columns, list FROM pg_attribute WHERE attrelid = old AND attnum > 0 AND NOT attisdropped;
    IF NOT columns @> '{tenant_id,server_id,endpoint_url}' THEN
      RAISE WARNING '%.tenant_server_endpoints has not the columns tenant_id, server_id and endpoint_url; it stays as it is. Toolgate uses mcp_proxy.tenant_endpoint_overrides', place;
      CONTINUE;
    END IF;
    BEGIN
      -- As JSON, so that a column that is not there is null.
      EXECUTE format($sql$
        WITH addresses AS (
          SELECT DISTINCT ON (1, 2) r->>'tenant_id' AS tenant_id, r->>'server_id' AS server_id, r->>'endpoint_url' AS url,
              coalesce((r->>'created_at')::timestamptz, now()) AS since
            FROM (SELECT to_jsonb(t) AS r FROM %I.tenant_server_endpoints t) AS rows
            WHERE r->>'tenant_id' IS NOT NULL AND r->>'server_id' IS NOT NULL AND r->>'endpoint_url' IS NOT NULL
              AND 'false' NOT IN (coalesce(r->>'is_active', ''), coalesce(r->>'active', ''), coalesce(r->>'enabled', ''))
            ORDER BY 1, 2, r->>'updated_at' DESC NULLS LAST, r->>'created_at' DESC NULLS LAST),
        added AS (
          INSERT INTO mcp_proxy.tenant_endpoint_overrides (tenant_id, server_id, endpoint_url, created_at)
            SELECT * FROM addresses a
              WHERE NOT EXISTS (
                SELECT FROM mcp_proxy.tenant_endpoint_overrides o
                  WHERE o.tenant_id = a.tenant_id AND o.server_id = a.server_id))
        SELECT count(*)
          FROM addresses a JOIN mcp_proxy.tenant_endpoint_overrides o USING (tenant_id, server_id)
          WHERE o.endpoint_url <> a.url $sql$, place) INTO differing;
      IF differing > 0 THEN
        RAISE WARNING '% rows of %.tenant_server_endpoints name another address than mcp_proxy.tenant_endpoint_overrides, whose address counts; compare it with %.tenant_server_endpoints_before_toolgate', differing, place, place;
      END IF;
      EXECUTE format('ALTER TABLE %I.tenant_server_endpoints RENAME TO tenant_server_endpoints_before_toolgate', place);
      EXECUTE format('CREATE VIEW %I.tenant_server_endpoints AS SELECT %s FROM mcp_proxy.tenant_endpoint_overrides', place, list);
      FOR privilege IN
        SELECT acl.grantee, acl.privilege_type
          FROM pg_class, aclexplode(relacl) acl
          WHERE oid = old AND acl.grantee <> relowner AND acl.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
      LOOP
        EXECUTE format('GRANT %s ON %I.tenant_server_endpoints TO %s', privilege.privilege_type, place,
          CASE privilege.grantee WHEN 0 THEN 'PUBLIC' ELSE privilege.grantee::regrole::text END);
      END LOOP;
    EXCEPTION WHEN insufficient_privilege THEN
      RAISE WARNING '%.tenant_server_endpoints belongs to another role and was not taken over (%); Toolgate uses mcp_proxy.tenant_endpoint_overrides', place, SQLERRM;
    END;
  END LOOP;
END $$;
