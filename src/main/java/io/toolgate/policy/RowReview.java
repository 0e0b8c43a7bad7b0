package io.toolgate.policy;

import static io.toolgate.tenant.Quote.quote;

import io.toolgate.problem.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares what rows name with what there is.
 *
 * <p>Two groups are taken for one only if one of them lacks what the other has: a group is made by
 * being named, so no name of one is wrong by itself.
 */
final class RowReview {
  /** Rows that a new database has, whatever servers are defined. */
  private static final Map<String, String> SEEDED =
      Map.of("MCP-GitHub", "github", "MCP-Filesystem", "filesystem");

  private final RowNames rows;
  private final Map<String, KnownServer> servers;
  private final String adminGroup;
  private final boolean membersCount;
  private final List<String> sentences = new ArrayList<>();

  RowReview(RowNames rows, Map<String, KnownServer> servers, PolicySettings settings) {
    this.rows = rows;
    this.servers = servers;
    this.adminGroup = settings.adminGroup();
    this.membersCount = settings.groupsFrom().database();
  }

  List<String> sentences() {
    users();
    grants();
    rules();
    credentials();
    if (membersCount) {
      groups();
    }
    return List.copyOf(sentences);
  }

  private void say(String sentence, Object... words) {
    sentences.add(sentence.formatted(words));
  }

  private static String didYouMean(Optional<String> meant) {
    return meant.map(name -> "; did you mean " + quote(name) + "?").orElse(".");
  }

  private void users() {
    for (String user : new TreeSet<>(rows.nobodies())) {
      say(
          "Rows for the user %s do nothing, because that is no single e-mail address.",
          quote(user));
    }
  }

  private void grants() {
    Map<String, Set<String>> unknown = new TreeMap<>();
    rows.granted()
        .forEach(
            (group, granted) ->
                granted.stream()
                    .filter(server -> !servers.containsKey(server))
                    .filter(server -> !group.equals(adminGroup)) // has all servers anyway
                    .filter(server -> !server.equals(SEEDED.get(group)))
                    .forEach(
                        server ->
                            unknown.computeIfAbsent(server, name -> new TreeSet<>()).add(group)));
    unknown.forEach(
        (server, groups) ->
            say(
                "group_server_mapping grants %s to the group %s, but there is no such server%s",
                quote(server), several(groups), didYouMean(server(server))));
    for (String server : new TreeSet<>(rows.ownServers())) {
      if (!servers.containsKey(server)) {
        say(
            "user_server_mapping grants %s to users, but there is no such server%s",
            quote(server), didYouMean(server(server)));
      }
    }
  }

  private static String several(Set<String> groups) {
    String first = quote(groups.iterator().next());
    return groups.size() == 1 ? first : first + " and " + (groups.size() - 1) + " more";
  }

  private void rules() {
    new TreeMap<>(rows.rules())
        .forEach(
            (group, ofGroup) ->
                new TreeMap<>(ofGroup)
                    .forEach(
                        (server, rules) -> {
                          if (isGranted("group_server_tools", group, server)) {
                            servers
                                .get(server)
                                .tools()
                                .filter(tools -> !tools.isEmpty())
                                .ifPresent(tools -> patterns(group, server, rules, tools));
                          }
                        }));
  }

  private void patterns(String group, String server, ToolRules rules, Map<String, String> tools) {
    MeantTool meant = new MeantTool(server, tools);
    for (String pattern : rules.allowed()) {
      if (!rules.fits(pattern, tools)) {
        pattern(group, server, pattern, meant.by(pattern));
      }
    }
    // To deny what there is not may be a precaution.
    for (String pattern : rules.denied()) {
      if (pattern.indexOf('*') < 0 && !rules.fits(pattern, tools)) {
        Optional<String> slip = meant.by(pattern);
        if (slip.isPresent()) {
          pattern(group, server, pattern, slip);
        }
      }
    }
  }

  private void pattern(String group, String server, String pattern, Optional<String> meant) {
    say(
        "group_server_tools names the tool %s of %s for the group %s, but %s has no such tool%s",
        quote(pattern), server, quote(group), server, didYouMean(meant));
  }

  private void credentials() {
    new TreeMap<>(rows.credentials())
        .forEach(
            (group, own) ->
                new TreeSet<>(own)
                    .forEach(
                        server ->
                            isGranted(
                                "group_server_keys or group_server_endpoints", group, server)));
  }

  /** Whether the row of a table that only adds to a grant has one to add to; else that is said. */
  private boolean isGranted(String table, String group, String server) {
    if (!servers.containsKey(server)) {
      say(
          "%s has a row for the group %s and %s, but there is no such server%s",
          table, quote(group), quote(server), didYouMean(server(server)));
      return false;
    }
    if (!rows.granted().getOrDefault(group, Set.of()).contains(server)) {
      Set<String> granting = new TreeSet<>();
      rows.granted()
          .forEach(
              (other, granted) -> {
                if (granted.contains(server)) {
                  granting.add(other);
                }
              });
      say(
          "%s has a row for the group %s and %s, which does nothing because group_server_mapping does not grant that group"
              + " the server%s",
          table, quote(group), quote(server), didYouMean(Spelling.veryNear(group, granting)));
      return false;
    }
    return true;
  }

  /** The server that somebody meant; perhaps they wrote a path, or the name of a tool. */
  private Optional<String> server(String word) {
    String bare = word.strip().replaceAll("^/+|/+$", "");
    return servers.containsKey(bare)
        ? Optional.of(bare)
        : Spelling.nearest(bare, servers.keySet())
            .or(
                () ->
                    servers.keySet().stream()
                        .filter(
                            server ->
                                bare.startsWith(server + "_") || bare.startsWith(server + "/"))
                        .max(Comparator.comparingInt(String::length)));
  }

  private void groups() {
    Set<String> entitled = new TreeSet<>(rows.granted().keySet());
    entitled.add(adminGroup);
    Set<String> told = new TreeSet<>();
    for (String group : new TreeSet<>(rows.members())) {
      if (!entitled.contains(group)) {
        group(group, entitled)
            .ifPresent(
                meant -> {
                  told.add(meant);
                  say(
                      "The group %s has members, but nothing is granted to it%s",
                      quote(group), didYouMean(Optional.of(meant)));
                });
      }
    }
    for (String group : entitled) {
      if (!rows.members().contains(group) && !group.equals(adminGroup) && told.add(group)) {
        rows.members().stream()
            .filter(other -> plain(other).equals(plain(group)))
            .min(Comparator.naturalOrder())
            .ifPresent(
                meant ->
                    say(
                        "The group %s is granted servers, but has no members%s",
                        quote(group), didYouMean(Optional.of(meant))));
      }
    }
  }

  /** Not one that differs in a digit: those are counted, not misspelt. */
  private static Optional<String> group(String word, Collection<String> candidates) {
    List<String> counted =
        candidates.stream().filter(other -> Objects.equals(digits(word), digits(other))).toList();
    return Spelling.veryNear(word, counted);
  }

  private static String digits(String word) {
    return word.replaceAll("\\D", "");
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[_\\-. ]", "");
  }
}
