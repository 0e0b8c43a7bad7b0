package io.toolgate.policy;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The rows of {@code group_tool_mapping} for one group and server.
 *
 * <p>Only denies: all tools but those. Any allow: only those, minus the denies.
 *
 * <p>A pattern may name tools as the document does: {@code {server}_{tool}}, or what the document
 * shows of a name that it cannot carry. Invariant: that takes nothing away from what a pattern
 * denies, and adds nothing to what one allows that fits a tool by the tool's own name.
 */
final class ToolRules implements Tools {
  private final String prefix;
  private final Set<String> allowed = new TreeSet<>();
  private final Set<String> denied = new TreeSet<>();

  private volatile Judged judged;

  ToolRules(String server) {
    this.prefix = server + "_";
  }

  /** Adds a row; before the rules are used. */
  void add(String pattern, boolean allow) {
    (allow ? allowed : denied).add(pattern);
  }

  /** As they stand in the rows. */
  Set<String> allowed() {
    return allowed;
  }

  /** As they stand in the rows. */
  Set<String> denied() {
    return denied;
  }

  /** Whether a pattern fits any of these tools, in one of its readings. */
  boolean fits(String pattern, Map<String, String> tools) {
    return ToolNames.fits(pattern, tools.keySet())
        || pattern.startsWith(prefix) && ToolNames.fits(undocumented(pattern), tools.keySet())
        || mayBeShown(pattern) && ToolNames.fits(pattern, tools.values());
  }

  private String undocumented(String pattern) {
    return pattern.substring(prefix.length());
  }

  /** Whether a name in the document may be meant: no star stands for the server's part of it. */
  private boolean mayBeShown(String pattern) {
    int star = pattern.indexOf('*');
    return star < 0 || star >= prefix.length();
  }

  @Override
  public Predicate<String> among(Map<String, String> tools) {
    return judged(tools).usable();
  }

  @Override
  public BitSet placesIn(Map<String, String> tools) {
    return judged(tools).places();
  }

  /** Worked out once as long as grants and tools are the same. */
  private Judged judged(Map<String, String> tools) {
    Judged last = judged;
    if (last == null || last.tools() != tools) {
      Predicate<String> usable = usable(tools);
      last = new Judged(tools, usable, Tools.places(tools, usable));
      judged = last;
    }
    return last;
  }

  private Predicate<String> usable(Map<String, String> tools) {
    Map<String, String> renamed = renamed(tools);
    ToolNames never = new ToolNames();
    for (String pattern : denied) {
      never.add(pattern);
      addShown(never, pattern, renamed);
    }
    if (allowed.isEmpty()) {
      return name -> !never.contain(name);
    }
    ToolNames only = new ToolNames();
    for (String pattern : allowed) {
      if (!pattern.startsWith(prefix)) {
        only.add(pattern);
      }
      if (ToolNames.fits(pattern, tools.keySet())) {
        only.add(pattern);
      } else {
        addShown(only, pattern, renamed);
      }
    }
    return name -> only.contain(name) && !never.contain(name);
  }

  /** Adds what a pattern means if it names tools as the document does. */
  private void addShown(ToolNames names, String pattern, Map<String, String> renamed) {
    if (pattern.startsWith(prefix)) {
      names.add(undocumented(pattern));
    }
    if (!mayBeShown(pattern)) {
      return;
    }
    if (pattern.indexOf('*') < 0) {
      String name = renamed.get(pattern);
      if (name != null) {
        names.addExactly(name);
      }
      return;
    }
    renamed.forEach(
        (shown, name) -> {
          if (ToolNames.matches(pattern, shown)) {
            names.addExactly(name);
          }
        });
  }

  /** Tools whose name in the document is not {@code {server}_{tool}}: by that name, their own. */
  private Map<String, String> renamed(Map<String, String> tools) {
    Map<String, String> renamed = new HashMap<>();
    tools.forEach(
        (name, shown) -> {
          if (!shown.equals(prefix + name)) {
            renamed.put(shown, name);
          }
        });
    return renamed;
  }

  private record Judged(Map<String, String> tools, Predicate<String> usable, BitSet places) {}
}
