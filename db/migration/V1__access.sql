-- Groups, grants and what else Toolgate keeps, in schema mcp_proxy.
--
-- A deployment of the program that Toolgate replaces is taken over: its tables in mcp_proxy are kept and completed, those of
-- older versions are moved here from public. No row is lost, and no table of anybody else is touched: a table in public is
-- moved only if its columns are exactly those of the old one.
--
-- E-mail addresses stand as they were written and are compared as lower(... COLLATE "C"), which changes ASCII letters only.

SET LOCAL client_min_messages = warning;

-- 1. Old tables in public.
CREATE FUNCTION mcp_proxy.take_over(name text, required text[], optional text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  old oid := to_regclass(format('public.%I', name));
  kept oid := to_regclass(format('mcp_proxy.%I', name));
  columns text[];
  list text;
  missing text;
  empty boolean;
  privilege record;
BEGIN
  IF old IS NULL THEN
    RETURN;
  END IF;
  SELECT array_agg(attname::text), string_agg(quote_ident(attname), ', ') INTO columns, list
    FROM pg_attribute WHERE attrelid = old AND attnum > 0 AND NOT attisdropped;
  IF (SELECT relkind FROM pg_class WHERE oid = old) <> 'r'
      OR NOT (columns @> required AND columns <@ (required || optional)) THEN
    RAISE WARNING 'public.% is not the table that Toolgate knows under this name; it stays as it is. Toolgate uses mcp_proxy.%', name, name;
    RETURN;
  END IF;
  IF kept IS NULL THEN
    EXECUTE format('ALTER TABLE public.%I SET SCHEMA mcp_proxy', name);
  ELSE
    EXECUTE format('SELECT NOT EXISTS (SELECT 1 FROM mcp_proxy.%I)', name) INTO empty;
    IF NOT empty THEN
      RAISE WARNING 'There are public.% and mcp_proxy.%, both with rows. Toolgate uses mcp_proxy.%; name the schema in your SQL, or drop the other', name, name, name;
      RETURN;
    END IF;
    FOR missing IN
      SELECT format('%I %s', attname, format_type(atttypid, atttypmod))
        FROM pg_attribute WHERE attrelid = old AND attnum > 0 AND NOT attisdropped
    LOOP
      EXECUTE format('ALTER TABLE mcp_proxy.%I ADD COLUMN IF NOT EXISTS %s', name, missing);
    END LOOP;
    EXECUTE format('INSERT INTO mcp_proxy.%1$I (%2$s) SELECT %2$s FROM public.%1$I', name, list);
    EXECUTE format('ALTER TABLE public.%I RENAME TO %I', name, name || '_before_toolgate');
  END IF;
  -- Old SQL goes on working: this view can be read and written like the table.
  EXECUTE format('CREATE VIEW public.%1$I AS SELECT %2$s FROM mcp_proxy.%1$I', name, list);
  FOR privilege IN
    SELECT acl.grantee, acl.privilege_type
      FROM pg_class, aclexplode(relacl) acl
      WHERE oid = old AND acl.grantee <> relowner AND acl.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
  LOOP
    EXECUTE format('GRANT %s ON public.%I TO %s', privilege.privilege_type, name,
      CASE privilege.grantee WHEN 0 THEN 'PUBLIC' ELSE privilege.grantee::regrole::text END);
  END LOOP;
END $$;

SELECT mcp_proxy.take_over('user_group_membership', '{user_email,group_name}', '{created_at}');
SELECT mcp_proxy.take_over('group_tenant_mapping', '{group_name,tenant_id}', '{created_at}');
SELECT mcp_proxy.take_over('user_admin_status', '{user_email,is_admin}', '{created_at,updated_at}');
DROP FUNCTION mcp_proxy.take_over;

-- 2. Tables. Rows are seeded only into a table that is made here.
DO $$
BEGIN
  IF to_regclass('mcp_proxy.group_tenant_mapping') IS NULL THEN
    CREATE TABLE mcp_proxy.group_tenant_mapping (
      group_name text NOT NULL,
      tenant_id text NOT NULL,
      created_at timestamptz DEFAULT now(),
      PRIMARY KEY (group_name, tenant_id)
    );
    INSERT INTO mcp_proxy.group_tenant_mapping (group_name, tenant_id)
      VALUES ('MCP-GitHub', 'github'), ('MCP-Filesystem', 'filesystem');
  END IF;
END $$;

CREATE TABLE IF NOT EXISTS mcp_proxy.user_group_membership (
  user_email text NOT NULL,
  group_name text NOT NULL,
  created_at timestamptz DEFAULT now(),
  PRIMARY KEY (user_email, group_name)
);

CREATE TABLE IF NOT EXISTS mcp_proxy.user_admin_status (
  user_email text PRIMARY KEY,
  is_admin boolean NOT NULL DEFAULT false,
  created_at timestamptz DEFAULT now(),
  updated_at timestamptz DEFAULT now()
);

CREATE TABLE IF NOT EXISTS mcp_proxy.user_tenant_access (
  user_email text NOT NULL,
  tenant_id text NOT NULL,
  access_level text NOT NULL DEFAULT 'read',
  PRIMARY KEY (user_email, tenant_id)
);

-- Narrows what a group may use of a server; tool_name may hold * as a wildcard.
CREATE TABLE IF NOT EXISTS mcp_proxy.group_tool_mapping (
  group_name text NOT NULL,
  tenant_id text NOT NULL,
  tool_name text NOT NULL,
  allowed boolean NOT NULL DEFAULT true,
  PRIMARY KEY (group_name, tenant_id, tool_name)
);

-- In the next two, tenant_id is the name of a group.
CREATE TABLE IF NOT EXISTS mcp_proxy.tenant_server_keys (
  tenant_id text NOT NULL,
  server_id text NOT NULL,
  key_name text NOT NULL,
  key_value text NOT NULL,
  created_at timestamptz DEFAULT now(),
  updated_at timestamptz DEFAULT now(),
  PRIMARY KEY (tenant_id, server_id, key_name)
);

CREATE TABLE IF NOT EXISTS mcp_proxy.tenant_endpoint_overrides (
  tenant_id text NOT NULL,
  server_id text NOT NULL,
  endpoint_url text NOT NULL,
  created_at timestamptz DEFAULT now(),
  PRIMARY KEY (tenant_id, server_id)
);

-- An array needs no extension; a column of type vector that is there already stays.
CREATE TABLE IF NOT EXISTS mcp_proxy.tool_embeddings (
  tool_name text PRIMARY KEY,
  server_id text NOT NULL,
  display_name text,
  description text,
  embedding real[],
  updated_at timestamptz DEFAULT now()
);

CREATE TABLE IF NOT EXISTS mcp_proxy.api_analytics (
  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  "timestamp" timestamptz NOT NULL DEFAULT now(),
  user_email text,
  method text,
  endpoint text,
  status_code integer,
  response_time_ms double precision,
  user_agent text,
  client_ip text
);

-- 3. Columns that a table of before may lack.
ALTER TABLE mcp_proxy.group_tenant_mapping ADD COLUMN IF NOT EXISTS created_at timestamptz DEFAULT now();
ALTER TABLE mcp_proxy.user_group_membership ADD COLUMN IF NOT EXISTS created_at timestamptz DEFAULT now();
ALTER TABLE mcp_proxy.user_admin_status
  ADD COLUMN IF NOT EXISTS created_at timestamptz DEFAULT now(),
  ADD COLUMN IF NOT EXISTS updated_at timestamptz DEFAULT now();
ALTER TABLE mcp_proxy.user_tenant_access ADD COLUMN IF NOT EXISTS access_level text NOT NULL DEFAULT 'read';
ALTER TABLE mcp_proxy.tenant_server_keys
  ADD COLUMN IF NOT EXISTS created_at timestamptz DEFAULT now(),
  ADD COLUMN IF NOT EXISTS updated_at timestamptz DEFAULT now();
ALTER TABLE mcp_proxy.tenant_endpoint_overrides ADD COLUMN IF NOT EXISTS created_at timestamptz DEFAULT now();
ALTER TABLE mcp_proxy.tool_embeddings
  ADD COLUMN IF NOT EXISTS display_name text,
  ADD COLUMN IF NOT EXISTS description text,
  ADD COLUMN IF NOT EXISTS embedding real[],
  ADD COLUMN IF NOT EXISTS updated_at timestamptz DEFAULT now();
ALTER TABLE mcp_proxy.api_analytics
  ADD COLUMN IF NOT EXISTS user_agent text,
  ADD COLUMN IF NOT EXISTS client_ip text;

-- 4. One row per user whatever the letters' case, so that taking away one spelling takes away all. Where rows of before
-- differ in case only, they stay and are told.
DO $$
DECLARE
  rule record;
BEGIN
  FOR rule IN
    SELECT * FROM (VALUES
      ('user_group_membership', ', group_name'), ('user_admin_status', ''), ('user_tenant_access', ', tenant_id')) AS r (name, rest)
  LOOP
    BEGIN
      EXECUTE format('CREATE UNIQUE INDEX IF NOT EXISTS %I ON mcp_proxy.%I (lower(user_email COLLATE "C")%s)',
        rule.name || '_user', rule.name, rule.rest);
    EXCEPTION WHEN unique_violation THEN
      RAISE WARNING 'mcp_proxy.% has rows whose e-mail addresses differ in upper and lower case only; they mean the same user', rule.name;
      EXECUTE format('CREATE INDEX %I ON mcp_proxy.%I (lower(user_email COLLATE "C")%s)',
        rule.name || '_user', rule.name, rule.rest);
    END;
  END LOOP;
END $$;

CREATE INDEX IF NOT EXISTS api_analytics_timestamp ON mcp_proxy.api_analytics ("timestamp");

-- 5. Views for people.
DROP VIEW IF EXISTS mcp_proxy.user_server_access, mcp_proxy.group_summary;

CREATE VIEW mcp_proxy.user_server_access AS
  SELECT lower(m.user_email COLLATE "C") AS user_email, g.tenant_id AS server_id
    FROM mcp_proxy.user_group_membership m
    JOIN mcp_proxy.group_tenant_mapping g USING (group_name)
  UNION
  SELECT lower(user_email COLLATE "C"), tenant_id FROM mcp_proxy.user_tenant_access;

CREATE VIEW mcp_proxy.group_summary AS
  SELECT group_name, count(DISTINCT user_email) AS user_count, count(DISTINCT server_id) AS server_count
    FROM (
      SELECT group_name, lower(user_email COLLATE "C") AS user_email, NULL AS server_id FROM mcp_proxy.user_group_membership
      UNION ALL
      SELECT group_name, NULL, tenant_id FROM mcp_proxy.group_tenant_mapping) AS both_sides
    GROUP BY group_name;

-- 6. Every change of what decides access is told at once. The text is the table's name.
CREATE OR REPLACE FUNCTION mcp_proxy.tell_access_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('toolgate_access', TG_TABLE_NAME);
  RETURN NULL;
END $$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['user_group_membership', 'group_tenant_mapping', 'user_admin_status', 'user_tenant_access',
    'group_tool_mapping', 'tenant_server_keys', 'tenant_endpoint_overrides']
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS tell_access_changed ON mcp_proxy.%I', name);
    EXECUTE format('CREATE TRIGGER tell_access_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mcp_proxy.%I '
      'FOR EACH STATEMENT EXECUTE FUNCTION mcp_proxy.tell_access_changed()', name);
  END LOOP;
END $$;
