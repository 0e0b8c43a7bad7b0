-- E-mail addresses have one spelling: without blanks around them, ASCII letters small. So the row that somebody wrote as
-- Ann@Example.org is the one that a DELETE for ann@example.org takes away.

SET LOCAL client_min_messages = warning;

-- 1. The spelling. Blanks are those of ASCII and, where the database can hold them, of Unicode, also those that nobody sees.
DO $$
DECLARE
  blanks text := E' \t\n\f\r' || chr(11);
BEGIN
  IF getdatabaseencoding() = 'UTF8' THEN
    SELECT blanks || string_agg(chr(code), '') INTO blanks
      FROM (
        SELECT unnest(ARRAY[133, 160, 5760, 6158, 8232, 8233, 8239, 8287, 8288, 12288, 65279])
        UNION ALL
        SELECT generate_series(8192, 8207)) AS codes (code);
  END IF;
  EXECUTE format(
    'CREATE FUNCTION mcp_proxy.normal_email(email text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %L',
    format('SELECT lower(btrim(email, %L) COLLATE "C")', blanks));
END $$;

-- Runs with the rights of its owner, because who may write a table, or a view of it, need not be allowed to use this schema.
CREATE FUNCTION mcp_proxy.write_normal_email() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  NEW.user_email := mcp_proxy.normal_email(NEW.user_email);
  RETURN NEW;
END $$;

-- 2. Rows of before. Those that become the same are one; of the marks of administrators, the one that says yes counts, as before.
UPDATE mcp_proxy.user_admin_status SET is_admin = true
  WHERE is_admin IS DISTINCT FROM true AND mcp_proxy.normal_email(user_email) IN (
    SELECT mcp_proxy.normal_email(user_email) FROM mcp_proxy.user_admin_status WHERE is_admin);

DO $$
DECLARE
  rule record;
BEGIN
  FOR rule IN
    SELECT name, 'mcp_proxy.' || name AS place, keys, array_to_string(keys, ', ') AS list
      FROM (VALUES
        ('user_group_membership', ARRAY['group_name', 'user_email']),
        ('user_admin_status', ARRAY['user_email']),
        ('user_tenant_access', ARRAY['tenant_id', 'user_email'])) AS r (name, keys)
  LOOP
    EXECUTE format(
      'DELETE FROM %1$s t USING ('
        'SELECT ctid, row_number() OVER (PARTITION BY %2$s ORDER BY ctid) AS number FROM %1$s WHERE user_email IS NOT NULL) same '
        'WHERE t.ctid = same.ctid AND same.number > 1',
      rule.place, replace(rule.list, 'user_email', 'mcp_proxy.normal_email(user_email)'));
    EXECUTE format('UPDATE %s SET user_email = mcp_proxy.normal_email(user_email) '
      'WHERE user_email <> mcp_proxy.normal_email(user_email)', rule.place);
    EXECUTE format('CREATE TRIGGER normal_email BEFORE INSERT OR UPDATE OF user_email ON %s '
      'FOR EACH ROW EXECUTE FUNCTION mcp_proxy.write_normal_email()', rule.place);

    -- One row per user, by the columns themselves, so that ON CONFLICT (...) finds it; tables of before may have no key.
    EXECUTE format('DROP INDEX IF EXISTS mcp_proxy.%I', rule.name || '_user');
    IF NOT EXISTS (
      SELECT FROM pg_index
        WHERE indrelid = rule.place::regclass AND indisunique AND indimmediate AND indpred IS NULL AND indexprs IS NULL
          AND indnkeyatts = indnatts AND rule.keys = (
            SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute
              WHERE attrelid = indrelid AND attnum = ANY (indkey)))
    THEN
      EXECUTE format('CREATE UNIQUE INDEX %I ON %s (%s)', rule.name || '_user', rule.place, rule.list);
    END IF;
  END LOOP;

  IF EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = 'mcp_proxy.api_analytics'::regclass AND attname = 'user_email' AND NOT attisdropped)
  THEN
    UPDATE mcp_proxy.api_analytics SET user_email = mcp_proxy.normal_email(user_email)
      WHERE user_email <> mcp_proxy.normal_email(user_email);
    CREATE TRIGGER normal_email BEFORE INSERT OR UPDATE OF user_email ON mcp_proxy.api_analytics
      FOR EACH ROW EXECUTE FUNCTION mcp_proxy.write_normal_email();
  END IF;
END $$;

COMMENT ON TABLE mcp_proxy.api_analytics IS
  'Stays empty: Toolgate does not record calls here yet. Rows of the program that it replaces are kept.';

-- 3. One statement that takes everything away from a person.
CREATE FUNCTION mcp_proxy.forget_user(email text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  person text := mcp_proxy.normal_email(email);
  name text;
  removed bigint;
  total bigint := 0;
BEGIN
  IF coalesce(person, '') = '' THEN
    RAISE EXCEPTION 'forget_user needs the e-mail address of the user' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  FOREACH name IN ARRAY ARRAY['user_group_membership', 'user_tenant_access', 'user_admin_status'] LOOP
    EXECUTE format('DELETE FROM mcp_proxy.%I WHERE mcp_proxy.normal_email(user_email) = $1', name) USING person;
    GET DIAGNOSTICS removed = ROW_COUNT;
    total := total + removed;
  END LOOP;
  RETURN total;
END $$;
COMMENT ON FUNCTION mcp_proxy.forget_user IS
  'Removes a user, in whatever spelling, from all groups, with their own grants and their mark as administrator; returns how many '
  'rows that were. The record of what they did stays.';
