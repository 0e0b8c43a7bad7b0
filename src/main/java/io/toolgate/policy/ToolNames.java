package io.toolgate.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of tools and patterns, in which {@code *} stands for any text, also none; case counts. */
final class ToolNames {
  private final Set<String> exact = new HashSet<>();
  private final List<String> patterns = new ArrayList<>();

  void add(String pattern) {
    if (pattern.indexOf('*') < 0) {
      exact.add(pattern);
    } else {
      patterns.add(pattern);
    }
  }

  /** A name in which a star is a star. */
  void addExactly(String name) {
    exact.add(name);
  }

  boolean contain(String name) {
    if (exact.contains(name)) {
      return true;
    }
    for (int i = 0; i < patterns.size(); i++) {
      if (matches(patterns.get(i), name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a name or pattern names any of these. */
  static boolean fits(String pattern, Collection<String> names) {
    return pattern.indexOf('*') < 0
        ? names.contains(pattern)
        : names.stream().anyMatch(name -> matches(pattern, name));
  }

  /**
   * Goes back to the last star only, so that no pattern takes longer than its length times the
   * name's.
   */
  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int from = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        from = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++from;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
