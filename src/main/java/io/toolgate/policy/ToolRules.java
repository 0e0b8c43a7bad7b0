package io.toolgate.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The rows of {@code group_tool_mapping} for one group and server.
 *
 * <p>Only denies: all tools but those. Any allow: only those, minus the denies.
 *
 * <p>A pattern may name tools as the document does, {@code {server}_{tool}}. Invariant: that takes
 * nothing away from what a pattern denies, and adds nothing to what one allows that fits a tool by
 * the tool's own name.
 */
final class ToolRules implements Tools {
  private final String prefix;
  private final Set<String> patterns = new TreeSet<>();
  private final ToolNames allowed = new ToolNames();
  private final ToolNames denied = new ToolNames();

  /** Allowed ones that begin like a name in the document. */
  private final List<String> ambiguous = new ArrayList<>();

  private volatile Judged judged;

  ToolRules(String server) {
    this.prefix = server + "_";
  }

  /** Adds a row; before the rules are used. */
  void add(String pattern, boolean allow) {
    patterns.add(pattern);
    boolean documented = pattern.startsWith(prefix);
    if (!allow) {
      denied.add(pattern);
      if (documented) {
        denied.add(undocumented(pattern));
      }
    } else if (documented) {
      ambiguous.add(pattern);
    } else {
      allowed.add(pattern);
    }
  }

  /** As they stand in the rows. */
  Set<String> patterns() {
    return patterns;
  }

  /** Whether a pattern fits any of these tools, in one of its readings. */
  boolean fits(String pattern, Set<String> names) {
    return ToolNames.fits(pattern, names)
        || pattern.startsWith(prefix) && ToolNames.fits(undocumented(pattern), names);
  }

  private String undocumented(String pattern) {
    return pattern.substring(prefix.length());
  }

  @Override
  public Predicate<String> among(List<String> names) {
    return judged(names).usable();
  }

  @Override
  public BitSet placesIn(List<String> names) {
    return judged(names).places();
  }

  /** Worked out once as long as grants and tools are the same. */
  private Judged judged(List<String> names) {
    Judged last = judged;
    if (last == null || last.names() != names) {
      Predicate<String> usable = usable(names);
      BitSet places = new BitSet(names.size());
      for (int i = 0; i < names.size(); i++) {
        places.set(i, usable.test(names.get(i)));
      }
      last = new Judged(names, usable, places);
      judged = last;
    }
    return last;
  }

  private Predicate<String> usable(List<String> names) {
    if (allowed.isEmpty() && ambiguous.isEmpty()) {
      return name -> !denied.contain(name);
    }
    ToolNames settled = new ToolNames();
    for (String pattern : ambiguous) {
      settled.add(ToolNames.fits(pattern, names) ? pattern : undocumented(pattern));
    }
    return name -> (allowed.contain(name) || settled.contain(name)) && !denied.contain(name);
  }

  private record Judged(List<String> names, Predicate<String> usable, BitSet places) {}
}
