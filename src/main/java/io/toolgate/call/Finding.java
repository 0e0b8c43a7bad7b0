package io.toolgate.call;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import io.toolgate.schema.SchemaKeywords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One error of the validator, with the choices ({@code anyOf}, {@code oneOf}) on its way through
 * the schema, outermost first. Read from the error's paths once, because each look at those walks
 * them from their end.
 */
record Finding(Error error, List<Object> path, List<Object> value, List<Turn> turns) {

  /**
   * Where a path enters a choice.
   *
   * @param length the steps of the path up to and with the keyword
   * @param depth the steps to the value that all branches judge
   */
  record Turn(int length, int depth) {}

  /** A choice at one value; equal for all findings in its branches. */
  record Choice(List<Object> path, List<Object> value) {
    int depth() {
      return value.size();
    }

    String pointer() {
      StringBuilder pointer = new StringBuilder();
      value.forEach(step -> pointer.append('/').append(MistakeWriter.escaped(step.toString())));
      return pointer.toString();
    }
  }

  static Finding of(Error error) {
    List<Object> path = steps(error.getEvaluationPath());
    List<Turn> turns = new ArrayList<>();
    int depth = 0;
    int width;
    for (int at = 0; at < path.size(); at += width) {
      String keyword = path.get(at).toString();
      boolean indexed = at + 1 < path.size() && path.get(at + 1) instanceof Integer;
      width = indexed || SchemaKeywords.MAPS.contains(keyword) ? 2 : 1;
      if (keyword.equals("anyOf") || keyword.equals("oneOf")) {
        turns.add(new Turn(at + 1, depth));
      } else if (SchemaKeywords.intoParts(keyword)) {
        depth++;
      }
    }
    return new Finding(error, path, steps(error.getInstanceLocation()), turns);
  }

  /** The choice at a level of nesting; null when there are not so many. */
  Choice choice(int level) {
    if (level >= turns.size()) {
      return null;
    }
    Turn turn = turns.get(level);
    return new Choice(path.subList(0, turn.length()), value.subList(0, turn.depth()));
  }

  /** The findings of each branch of a choice; without the choice's own. */
  static Map<Integer, List<Finding>> branches(List<Finding> findings, int level) {
    Map<Integer, List<Finding>> branches = new TreeMap<>();
    for (Finding finding : findings) {
      int at = finding.turns.get(level).length();
      if (at < finding.path.size() && finding.path.get(at) instanceof Integer branch) {
        branches.computeIfAbsent(branch, key -> new ArrayList<>()).add(finding);
      }
    }
    return branches;
  }

  /** Whether the value of a choice fits more branches than the one it may. */
  static boolean severalFit(List<Finding> findings, int level) {
    return findings.stream()
        .anyMatch(
            finding ->
                finding.turns.get(level).length() == finding.path.size()
                    && "oneOf.indexes".equals(finding.error.getMessageKey()));
  }

  private static List<Object> steps(NodePath path) {
    Object[] steps = new Object[path.getNameCount()];
    NodePath rest = path;
    for (int i = steps.length - 1; i >= 0; i--) {
      steps[i] = rest.getElement(i);
      rest = rest.getParent();
    }
    return List.of(steps);
  }
}
