package io.toolgate.catalog;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names the kind of value at places that the shown schema cannot show, only describe. */
final class Kinds {
  private final Folding folding;
  private final Alternatives alternatives;

  Kinds(Folding folding, Alternatives alternatives) {
    this.folding = folding;
    this.alternatives = alternatives;
  }

  /** A few words for each: its title, type, or keys. */
  Stream<String> of(List<Claims> places) {
    return places.stream().map(this::kind);
  }

  private String kind(Claims claims) {
    Shape shape = folding.fold(claims);
    List<Shape> branches = alternatives.settle(shape, false);
    if (!branches.isEmpty()) {
      return branches.stream().map(Kinds::kind).distinct().collect(Collectors.joining(" or "));
    }
    return kind(shape);
  }

  private static String kind(Shape shape) {
    String types =
        shape
            .knownTypes()
            .map(known -> known.stream().map(JsonType::keyword).collect(Collectors.joining(" or ")))
            .orElse("any JSON");
    String keys =
        shape.isObject() && !shape.properties.isEmpty()
            ? " with " + String.join(", ", shape.properties.keySet())
            : "";
    return types + keys + shape.text("title").map(title -> " (" + title + ")").orElse("");
  }
}
