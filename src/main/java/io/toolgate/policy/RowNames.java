package io.toolgate.policy;

import java.util.Map;
import java.util.Set;

/**
 * What the rows name, as they name it, whether it exists or not.
 *
 * @param members groups that somebody is in
 * @param granted servers by group
 * @param rules by group and server
 * @param ownServers granted to single users
 * @param credentials servers by the group that has credentials for them
 * @param nobodies users whose address no caller can have
 */
record RowNames(
    Set<String> members,
    Map<String, Set<String>> granted,
    Map<String, Map<String, ToolRules>> rules,
    Set<String> ownServers,
    Map<String, Set<String>> credentials,
    Set<String> nobodies) {}
