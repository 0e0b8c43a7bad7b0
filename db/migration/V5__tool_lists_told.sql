-- Every Toolgate on this database hears when a server told one of them other tools than before, and asks it too.
DROP TRIGGER IF EXISTS tell_access_changed ON mcp_proxy.tool_lists;
CREATE TRIGGER tell_access_changed AFTER INSERT OR UPDATE ON mcp_proxy.tool_lists
  FOR EACH ROW EXECUTE FUNCTION mcp_proxy.tell_access_changed();
