package io.toolgate.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of {@code group_tool_mapping} for one group and server.
 *
 * <p>Only denies: all tools but those. Any allow: only those, minus the denies.
 */
final class ToolRules implements Tools {
  private final Names allowed = new Names();
  private final Names denied = new Names();
  private volatile Judged judged;

  /** Adds a row; before the rules are used. */
  void add(String pattern, boolean allow) {
    (allow ? allowed : denied).add(pattern);
  }

  @Override
  public boolean test(String tool) {
    return (allowed.isEmpty() || allowed.contain(tool)) && !denied.contain(tool);
  }

  /** Asked for every document, and worked out once as long as grants and tools are the same. */
  @Override
  public BitSet placesIn(List<String> names) {
    Judged last = judged;
    if (last == null || last.names() != names) {
      last = new Judged(names, Tools.super.placesIn(names));
      judged = last;
    }
    return last.places();
  }

  private record Judged(List<String> names, BitSet places) {}

  /** Names and patterns, in which {@code *} stands for any text, also none; case counts. */
  private static final class Names {
    private final Set<String> exact = new HashSet<>();
    private final List<String> patterns = new ArrayList<>();

    void add(String pattern) {
      if (pattern.indexOf('*') < 0) {
        exact.add(pattern);
      } else {
        patterns.add(pattern);
      }
    }

    boolean isEmpty() {
      return exact.isEmpty() && patterns.isEmpty();
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

    /**
     * Goes back to the last star only, so that no pattern takes longer than its length times the
     * name's.
     */
    private static boolean matches(String pattern, String name) {
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
}
