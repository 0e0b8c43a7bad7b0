package io.toolgate.product;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Random groups, grants and tool rules: the SQL that makes them, and what follows from them, worked
 * out here from the rows alone, as plainly as the rules are told.
 */
final class GrantedWorld {
  /** A row of {@code group_tool_mapping}. */
  record Rule(String group, String server, String pattern, boolean allowed) {
    boolean matches(String tool) {
      return Pattern.matches(pattern.replace("*", ".*"), tool);
    }
  }

  /** Two words of a row. */
  record Pair(String left, String right) {}

  private final Random random;
  private final Set<Pair> memberships = new HashSet<>();
  private final Set<Pair> grants = new HashSet<>();
  private final Set<Pair> userGrants = new HashSet<>();
  private final List<Rule> rules = new ArrayList<>();

  GrantedWorld(long seed, List<String> emails, List<String> groups, List<String> servers) {
    this.random = new Random(seed);
    emails.forEach(
        email -> {
          some(groups, 0.15).forEach(group -> memberships.add(new Pair(email, group)));
          some(servers, 0.03).forEach(server -> userGrants.add(new Pair(email, server)));
        });
    groups.forEach(
        group -> {
          some(servers, 0.3).forEach(server -> grants.add(new Pair(group, server)));
          some(servers, 0.3).forEach(server -> addRules(group, server));
        });
  }

  private void addRules(String group, String server) {
    Set<String> patterns = new TreeSet<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      patterns.add(
          switch (random.nextInt(5)) {
            case 0 -> "*";
            case 1 -> "*_" + random.nextInt(10);
            case 2 -> "tool_1*";
            case 3 -> "*" + random.nextInt(10) + "*";
            default -> "tool_" + random.nextInt(25);
          });
    }
    patterns.forEach(
        pattern -> rules.add(new Rule(group, server, pattern, random.nextInt(3) == 0)));
  }

  private List<String> some(List<String> all, double part) {
    return all.stream().filter(one -> random.nextDouble() < part).toList();
  }

  /** Takes away all rows that were there, and adds these; addresses in any case. */
  String[] sql() {
    List<String> statements = new ArrayList<>();
    statements.add(
        "TRUNCATE user_group_membership, group_tenant_mapping, group_tool_mapping, user_tenant_access");
    memberships.forEach(
        row ->
            statements.add(
                "INSERT INTO user_group_membership VALUES ('%s', '%s')"
                    .formatted(anyCase(row.left()), row.right())));
    grants.forEach(
        row ->
            statements.add(
                "INSERT INTO group_tenant_mapping VALUES ('%s', '%s')"
                    .formatted(row.left(), row.right())));
    userGrants.forEach(
        row ->
            statements.add(
                "INSERT INTO user_tenant_access VALUES ('%s', '%s')"
                    .formatted(anyCase(row.left()), row.right())));
    rules.forEach(
        row ->
            statements.add(
                "INSERT INTO group_tool_mapping VALUES ('%s', '%s', '%s', %s)"
                    .formatted(row.group(), row.server(), row.pattern(), row.allowed())));
    return statements.toArray(String[]::new);
  }

  private String anyCase(String email) {
    return random.nextBoolean() ? email : email.toUpperCase(java.util.Locale.ROOT);
  }

  Set<String> groupsOf(String email) {
    Set<String> groups = new HashSet<>();
    memberships.stream()
        .filter(row -> row.left().equals(email))
        .forEach(row -> groups.add(row.right()));
    return groups;
  }

  boolean grantsToUser(String email, String server) {
    return userGrants.contains(new Pair(email, server));
  }

  boolean grantsServer(Set<String> groups, String server) {
    return groups.stream().anyMatch(group -> grants.contains(new Pair(group, server)));
  }

  boolean grantsTool(Set<String> groups, String server, String tool) {
    return groups.stream()
        .filter(group -> grants.contains(new Pair(group, server)))
        .anyMatch(group -> leaves(group, server, tool));
  }

  private boolean leaves(String group, String server, String tool) {
    List<Rule> own =
        rules.stream()
            .filter(rule -> rule.group().equals(group) && rule.server().equals(server))
            .toList();
    boolean denied = own.stream().anyMatch(rule -> !rule.allowed() && rule.matches(tool));
    boolean onlySome = own.stream().anyMatch(Rule::allowed);
    boolean allowed = own.stream().anyMatch(rule -> rule.allowed() && rule.matches(tool));
    return !denied && (!onlySome || allowed);
  }
}
