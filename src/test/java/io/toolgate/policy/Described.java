package io.toolgate.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Grants as a word for each thing that a user has, to compare them by. */
final class Described {
  static final String ANN = "ann@example.com";

  private Described() {}

  /** What Ann has of these servers, each with the tools {@code read} and {@code write}. */
  static Set<String> ann(Grants grants) {
    Member member = grants.member(ANN);
    Set<String> words = new TreeSet<>();
    member.groups().forEach(group -> words.add("group " + group.name()));
    for (String server : List.of("files", "mail")) {
      for (String tool : List.of("read", "write")) {
        if (Reach.of(member.groups(), member.servers()).of(server).among(Map.of()).test(tool)) {
          words.add(server + "/" + tool);
        }
      }
    }
    if (member.admin()) {
      words.add("admin");
    }
    return words;
  }
}
