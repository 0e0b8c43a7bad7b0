package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The description of a parameter: its own words, then everything a client's converter may drop from
 * the schema, in short sentences.
 */
final class Wording {
  private static final int MOST_VALUES = 200;

  /** Longer ones tell a model nothing. */
  private static final int LONGEST_PATTERN = 100;

  private Wording() {}

  /**
   * @param own the schema's own words, or the parameter's name; may be empty
   * @return empty when there is nothing to say
   */
  static String of(String own, Shape shape) {
    StringBuilder text = new StringBuilder(own.isBlank() ? "" : own);
    for (String sentence : sentences(shape)) {
      if (text.indexOf(sentence) < 0) {
        text.append(separator(text)).append(sentence);
      }
    }
    return text.toString();
  }

  private static String separator(CharSequence text) {
    if (text.length() == 0 || Character.isWhitespace(text.charAt(text.length() - 1))) {
      return "";
    }
    return ".!?:;".indexOf(text.charAt(text.length() - 1)) < 0 ? ". " : " ";
  }

  private static List<String> sentences(Shape shape) {
    List<String> all = new ArrayList<>();
    shape.values.ifPresent(
        values -> {
          List<JsonNode> named = values.stream().filter(value -> !value.isNull()).toList();
          if (!named.isEmpty()) {
            all.add((named.size() == 1 ? "Always " : "One of: ") + values(named) + ".");
          }
        });
    plain(shape.annotations.get("default")).ifPresent(it -> all.add("Default: " + it + "."));
    shape.text("format").ifPresent(format -> all.add("Format: " + format + "."));
    range(shape.bounds, Bounds.Of.NUMBER, "").ifPresent(all::add);
    above(shape.bounds).ifPresent(all::add);
    range(shape.bounds, Bounds.Of.LENGTH, " characters").ifPresent(all::add);
    range(shape.bounds, Bounds.Of.ITEMS, " items").ifPresent(all::add);
    shape
        .text("pattern")
        .filter(pattern -> pattern.length() <= LONGEST_PATTERN)
        .ifPresent(pattern -> all.add("Pattern: `" + pattern + "`."));
    JsonNode multiple = shape.annotations.get("multipleOf");
    if (multiple != null) {
      all.add("Multiple of " + multiple.asText() + ".");
    }
    shape.text("contentEncoding").ifPresent(encoding -> all.add("Encoding: " + encoding + "."));
    shape.text("contentMediaType").ifPresent(type -> all.add("Media type: " + type + "."));
    if (shape.annotations.containsKey("deprecated")
        && shape.annotations.get("deprecated").asBoolean()) {
      all.add("Deprecated.");
    }
    all.addAll(shape.remarks);
    return all;
  }

  /** The values as JSON, so that the text {@code "1"} and the number {@code 1} differ. */
  static String values(Collection<JsonNode> values) {
    StringBuilder list = new StringBuilder();
    int count = 0;
    for (JsonNode value : values) {
      if (count == MOST_VALUES) {
        return list + ", and " + (values.size() - count) + " more";
      }
      list.append(count == 0 ? "" : ", ").append(value);
      count++;
    }
    return list.toString();
  }

  private static Optional<String> plain(JsonNode value) {
    return Optional.ofNullable(value).filter(node -> !node.isNull()).map(JsonNode::toString);
  }

  private static Optional<String> range(Bounds bounds, Bounds.Of of, String unit) {
    Optional<String> least = bounds.least(of).map(JsonNode::asText);
    Optional<String> most = bounds.most(of).map(JsonNode::asText);
    if (least.isPresent() && most.isPresent()) {
      return Optional.of("Range: " + least.get() + " to " + most.get() + unit + ".");
    }
    return least
        .map(bound -> "At least " + bound + unit + ".")
        .or(() -> most.map(bound -> "At most " + bound + unit + "."));
  }

  private static Optional<String> above(Bounds bounds) {
    Optional<String> least = bounds.least(Bounds.Of.ABOVE_BELOW).map(JsonNode::asText);
    Optional<String> most = bounds.most(Bounds.Of.ABOVE_BELOW).map(JsonNode::asText);
    if (least.isPresent() && most.isPresent()) {
      return Optional.of("Between " + least.get() + " and " + most.get() + ", without these.");
    }
    return least
        .map(bound -> "Greater than " + bound + ".")
        .or(() -> most.map(bound -> "Less than " + bound + "."));
  }
}
