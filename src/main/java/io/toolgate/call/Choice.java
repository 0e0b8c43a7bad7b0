package io.toolgate.call;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One {@code anyOf} or {@code oneOf} on the way of an error, at one value.
 *
 * @param path the evaluation path up to and with the keyword
 * @param length the number of steps of that path
 * @param pointer the value all branches judge
 * @param depth the number of steps to that value
 */
record Choice(String path, int length, String pointer, int depth) {

  /** The first choice of an error's evaluation path at or after a step; null when there is none. */
  static Choice first(Error error, int from) {
    NodePath path = error.getEvaluationPath();
    int at = from;
    while (at < path.getNameCount() && !isChoice(path, at)) {
      at += width(path, at);
    }
    if (at >= path.getNameCount()) {
      return null;
    }
    int below = 0;
    for (int i = at + 2; i < path.getNameCount(); i += width(path, i)) {
      if (SchemaKeywords.intoParts(step(path, i)) && i + width(path, i) < path.getNameCount()) {
        below++;
      }
    }
    NodePath value = error.getInstanceLocation();
    for (int i = 0; i < below; i++) {
      value = value.getParent();
    }
    NodePath keyword = path;
    while (keyword.getNameCount() > at + 1) {
      keyword = keyword.getParent();
    }
    return new Choice(keyword.toString(), at + 1, value.toString(), value.getNameCount());
  }

  /** The errors of each branch; without the choice's own. */
  Map<Integer, List<Error>> branches(List<Error> errors) {
    Map<Integer, List<Error>> branches = new TreeMap<>();
    for (Error error : errors) {
      NodePath path = error.getEvaluationPath();
      if (path.getNameCount() > length && path.getElement(length) instanceof Integer branch) {
        branches.computeIfAbsent(branch, key -> new ArrayList<>()).add(error);
      }
    }
    return branches;
  }

  /** The first step inside a branch. */
  int end() {
    return length + 1;
  }

  /** Whether the value fits more branches than the one it may. */
  static boolean severalFit(List<Error> errors, Choice choice) {
    return errors.stream()
        .anyMatch(
            error ->
                error.getEvaluationPath().getNameCount() == choice.length()
                    && "oneOf.indexes".equals(error.getMessageKey()));
  }

  private static boolean isChoice(NodePath path, int at) {
    String step = step(path, at);
    return step.equals("anyOf") || step.equals("oneOf");
  }

  /** How many steps a keyword takes: with the name or index behind it, if it has one. */
  private static int width(NodePath path, int at) {
    String step = step(path, at);
    boolean named = SchemaKeywords.MAPS.contains(step);
    boolean indexed = at + 1 < path.getNameCount() && path.getElement(at + 1) instanceof Integer;
    return named || indexed ? 2 : 1;
  }

  private static String step(NodePath path, int at) {
    return String.valueOf(path.getElement(at));
  }
}
