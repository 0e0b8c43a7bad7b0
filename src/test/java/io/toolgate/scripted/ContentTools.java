package io.toolgate.scripted;

import static io.toolgate.scripted.ToolTable.takes;

import com.fasterxml.jackson.databind.JsonNode;

/** Tools without arguments, one for each kind of content. */
final class ContentTools {
  private ContentTools() {}

  static void addTo(ToolTable table) {
    add(
        table,
        "many",
        Content.text("first"),
        Content.text("{\"a\":1}"),
        Content.text("42"),
        Content.text("007"));
    add(table, "none");
    add(table, "image", Content.image());
    add(table, "audio", Content.audio());
    add(table, "resource_link", Content.resourceLink());
    add(table, "embedded_text", Content.embeddedText());
    add(table, "embedded_blob", Content.embeddedBlob());
    add(table, "unknown_content", Content.hologram());
    add(
        table,
        "mixed",
        Content.text("a text"),
        Content.image(),
        Content.audio(),
        Content.resourceLink(),
        Content.embeddedText(),
        Content.embeddedBlob(),
        Content.hologram());
  }

  private static void add(ToolTable table, String name, JsonNode... content) {
    table.add(name, takes(), call -> call.answer(content));
  }
}
