package io.toolgate.policy;

import io.toolgate.identity.Email;
import io.toolgate.tenant.GroupCredentials;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All rows that decide access, as they were at one moment.
 *
 * <p>Immutable; a change in the database makes a new one. Made to hold 100,000 users in few bytes:
 * a user is a reference to each of their groups.
 */
final class Grants {
  private final Map<String, Member> members;
  private final Map<String, Group> groups;
  private final List<String> warnings;
  private final RowNames named;
  private final Map<String, GroupCredentials> suppliers = new HashMap<>();

  private Grants(
      Map<String, Member> members,
      Map<String, Group> groups,
      List<String> warnings,
      RowNames named) {
    this.members = members;
    this.groups = groups;
    this.warnings = warnings;
    this.named = named;
    groups.values().forEach(this::supplies);
  }

  private void supplies(Group group) {
    group
        .credentials()
        .forEach(
            (server, set) -> {
              if (set instanceof CredentialSet.Usable usable) {
                suppliers.merge(
                    server,
                    usable.credentials(),
                    (one, other) -> one.group().compareTo(other.group()) <= 0 ? one : other);
              }
            });
  }

  /** By server: the usable credentials of the first group by name that has any. */
  Map<String, GroupCredentials> suppliers() {
    return Collections.unmodifiableMap(suppliers);
  }

  /**
   * @param email in ASCII lower case
   */
  Member member(String email) {
    return members.getOrDefault(email, Member.UNKNOWN);
  }

  /** A group that is in any of the tables. */
  Optional<Group> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  /** Whether the database makes somebody an administrator, by flag or group. */
  boolean isAdministrator(String email, String adminGroup) {
    Member member = member(email);
    return member.admin()
        || member.groups().stream().anyMatch(group -> group.name().equals(adminGroup));
  }

  /** Those of these groups that are in any of the tables. */
  List<Group> known(Set<String> names) {
    return names.stream().flatMap(name -> group(name).stream()).toList();
  }

  int users() {
    return members.size();
  }

  int groups() {
    return groups.size();
  }

  /** What an operator should mend in the groups' credentials. */
  List<String> warnings() {
    return warnings;
  }

  /** What the rows name, for a look at what does not exist. */
  RowNames named() {
    return named;
  }

  /** Takes the rows of each table, in any order; e-mail addresses in any case. */
  static final class Rows {
    private final Map<String, Draft> users = new HashMap<>();
    private final Map<String, Map<String, Tools>> granted = new HashMap<>();
    private final Map<String, Map<String, ToolRules>> rules = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    /** Small, because there is one of each user. */
    private static final class Draft {
      final List<String> groups = new ArrayList<>(4);
      Set<String> servers = Set.of();
      boolean admin;
    }

    /** {@code user_group_membership}. */
    void membership(String email, String group) {
      draft(email).groups.add(names.computeIfAbsent(group, name -> name));
    }

    /** {@code group_tenant_mapping}. */
    void grant(String group, String server) {
      granted.computeIfAbsent(group, name -> new HashMap<>()).put(server, Tools.ALL);
    }

    /** {@code group_tool_mapping}; narrows a grant and gives none. */
    void rule(String group, String server, String toolPattern, boolean allowed) {
      rules
          .computeIfAbsent(group, name -> new HashMap<>())
          .computeIfAbsent(server, ToolRules::new)
          .add(toolPattern, allowed);
    }

    /** {@code user_tenant_access}. */
    void userGrant(String email, String server) {
      Draft user = draft(email);
      if (user.servers.isEmpty()) {
        user.servers = new HashSet<>();
      }
      user.servers.add(server);
    }

    /** {@code user_admin_status}. */
    void adminStatus(String email, boolean admin) {
      draft(email).admin |= admin;
    }

    private Draft draft(String email) {
      return users.computeIfAbsent(Email.lowerCase(email), address -> new Draft());
    }

    Grants grants() {
      return grants(Credentials.NONE);
    }

    /** With the groups' own credentials for servers that they grant. */
    Grants grants(Credentials credentials) {
      RowNames named = named(credentials);
      names.keySet().forEach(group -> granted.computeIfAbsent(group, name -> new HashMap<>()));
      rules.forEach(
          (group, servers) ->
              servers.forEach(
                  (server, narrowed) ->
                      granted
                          .computeIfAbsent(group, name -> new HashMap<>())
                          .computeIfPresent(server, (name, all) -> narrowed)));
      Map<String, Group> groups = new HashMap<>();
      granted.forEach(
          (name, servers) ->
              groups.put(
                  name,
                  new Group(name, Map.copyOf(servers), credentials.of(name, servers.keySet()))));
      Map<String, Member> members = new HashMap<>(users.size() * 4 / 3 + 1);
      Map<List<Group>, List<Group>> shared = new HashMap<>();
      users.forEach((email, draft) -> members.put(email, member(draft, groups, shared)));
      return new Grants(members, groups, credentials.warnings(), named);
    }

    private RowNames named(Credentials credentials) {
      Map<String, Set<String>> servers = new HashMap<>();
      granted.forEach((group, tools) -> servers.put(group, Set.copyOf(tools.keySet())));
      Map<String, Set<String>> own = new HashMap<>();
      credentials.sets().forEach((group, sets) -> own.put(group, sets.keySet()));
      Set<String> ownServers = new HashSet<>();
      Set<String> nobodies = new HashSet<>();
      users.forEach(
          (email, draft) -> {
            ownServers.addAll(draft.servers);
            if (!Email.isOne(email)) {
              nobodies.add(email);
            }
          });
      return new RowNames(names.keySet(), servers, rules, ownServers, own, nobodies);
    }

    /** Members of the same groups share one list. */
    private static Member member(
        Draft draft, Map<String, Group> groups, Map<List<Group>, List<Group>> shared) {
      List<Group> own = new ArrayList<>(draft.groups.size());
      for (String name : draft.groups) {
        Group group = groups.get(name);
        if (!own.contains(group)) {
          own.add(group);
        }
      }
      List<Group> list = List.copyOf(own);
      return new Member(
          shared.computeIfAbsent(list, same -> same), Set.copyOf(draft.servers), draft.admin);
    }
  }
}
