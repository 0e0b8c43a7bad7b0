package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settles {@code anyOf} and {@code oneOf} in a {@link Shape}: takes null out, unites lists of
 * constants, and joins alternative sets of properties into one object where an object is shown.
 *
 * <p>What remains is for {@code anyOf} in the shown schema. The result never accepts less than the
 * schema does; the argument check, which sees the schema itself, is the one that refuses.
 */
final class Alternatives {
  private final Folding folding;

  Alternatives(Folding folding) {
    this.folding = folding;
  }

  /**
   * Folds the groups of alternatives into the shape, as far as that can be done.
   *
   * @param object whether the shape must become one object, as the arguments do
   * @return the alternatives to show; empty when the shape says everything
   */
  List<Shape> settle(Shape shape, boolean object) {
    List<Shape> shown = List.of();
    // Not an iterator: a single branch that is folded in may bring groups of its own.
    for (int i = 0; i < shape.alternatives.size(); i++) {
      List<Claims> group = shape.alternatives.get(i);
      List<Claims> left = new ArrayList<>();
      List<Shape> branches = new ArrayList<>();
      boolean orNull = false;
      for (Claims claims : group) {
        Shape branch = folding.fold(claims);
        if (branch.knownTypes().filter(Set.of(JsonType.NULL)::equals).isPresent()) {
          orNull = true;
        } else if (!branch.impossible) {
          left.add(claims);
          branches.add(branch);
        }
      }
      shape.nullable |= orNull && allowsNull(shape);
      if (branches.isEmpty()) {
        shape.restrictTypes(orNull ? Set.of(JsonType.NULL) : Set.of());
      } else if (branches.size() == 1) {
        // anyOf of T and null is T; null is remembered in the shape.
        folding.foldInto(shape, left.get(0));
      } else if (branches.stream().allMatch(Alternatives::isConstant)) {
        uniteConstants(shape, branches);
      } else if (object || isObjectWithKeys(shape, branches)) {
        join(shape, branches);
      } else if (branches.stream().anyMatch(Shape::hasStructure)
          && shape.values.isEmpty()
          && !shape.hasItems()
          && shown.isEmpty()) {
        shape.types.ifPresent(types -> branches.forEach(branch -> branch.restrictTypes(types)));
        shown = branches;
      } else {
        shape.required.addAll(alwaysRequired(branches));
        describe(shape, branches);
      }
    }
    return shown;
  }

  private static boolean allowsNull(Shape shape) {
    return shape.types.map(types -> types.contains(JsonType.NULL)).orElse(true);
  }

  private static boolean isConstant(Shape branch) {
    return branch.values.isPresent() && !branch.hasKeys() && !branch.hasItems();
  }

  private static void uniteConstants(Shape shape, List<Shape> branches) {
    Set<JsonNode> united = new LinkedHashSet<>();
    for (Shape branch : branches) {
      united.addAll(branch.values.get());
      branch
          .text("description")
          .or(() -> branch.text("title"))
          .ifPresent(text -> shape.remarks.add(Wording.values(branch.values.get()) + ": " + text));
    }
    shape.restrictValues(united);
  }

  private static boolean isObjectWithKeys(Shape shape, List<Shape> branches) {
    return shape.isObject()
        && !shape.properties.isEmpty()
        && branches.stream().allMatch(branch -> branch.isObject() || !branch.hasStructure());
  }

  private void join(Shape shape, List<Shape> branches) {
    List<Shape> objects = new ArrayList<>();
    for (Shape branch : branches) {
      settle(branch, true);
      if (branch.isObject() || branch.knownTypes().isEmpty()) {
        objects.add(branch);
      }
    }
    describe(shape, objects);
    shape.required.addAll(alwaysRequired(objects));
    Map<String, List<Claims>> united = new LinkedHashMap<>();
    for (Shape branch : objects) {
      branch.properties.forEach(
          (name, claims) -> united.computeIfAbsent(name, key -> new ArrayList<>()).add(claims));
      shape.freeKeys.addAll(branch.freeKeys);
    }
    united.forEach(
        (name, claims) -> {
          if (!shape.properties.containsKey(name) || claims.size() == objects.size()) {
            shape.addProperty(name, Claims.oneOf(claims));
          }
        });
  }

  private static Set<String> alwaysRequired(List<Shape> branches) {
    Set<String> always = new LinkedHashSet<>();
    if (!branches.isEmpty()) {
      always.addAll(branches.get(0).required);
      branches.forEach(branch -> always.retainAll(branch.required));
    }
    return always;
  }

  private static void describe(Shape shape, List<Shape> branches) {
    Set<String> always = alwaysRequired(branches);
    String sets =
        branches.stream()
            .map(branch -> keys(branch, always))
            .flatMap(Optional::stream)
            .distinct()
            .collect(Collectors.joining("; or "));
    if (!sets.isEmpty()) {
      shape.remarks.add("Alternatives: " + sets + ".");
    }
  }

  private static Optional<String> keys(Shape branch, Set<String> always) {
    Set<String> keys = new LinkedHashSet<>(branch.required);
    keys.removeAll(always);
    if (keys.isEmpty()) {
      keys.addAll(branch.properties.keySet());
      keys.removeAll(always);
    }
    return keys.isEmpty() ? branch.text("title") : Optional.of(String.join(" and ", keys));
  }
}
