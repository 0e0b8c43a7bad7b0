package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts the tools together that the options ask for. */
final class Builtins {
  private Builtins() {}

  static ToolTable table(Options options) throws IOException {
    ToolTable table = new ToolTable();
    String builtin = options.text(Option.BUILTIN).orElse("all");
    if (!builtin.equals("false")) {
      PlainTools.addTo(table);
      ContentTools.addTo(table);
      ErrorTools.addTo(table);
      FaultTools.addTo(table);
      ConversationTools.addTo(table);
      ProcessTools.addTo(table);
      MemoryTools.addTo(table);
    }
    if (builtin.equals("all")) {
      addAll(table, Json.resource("odd-names.json"));
      addAll(table, Json.resource("odd-schemas.json"));
    }
    for (String file : options.all(Option.TOOLS)) {
      addAll(table, Json.read(Files.readString(Path.of(file))));
    }
    for (int i = 0; i < options.number(Option.COUNT).orElse(0); i++) {
      table.add("tool_" + i, ToolTable.takes("message:string?"), Behaviour::echo);
    }
    return table;
  }

  private static void addAll(ToolTable table, JsonNode descriptions) {
    descriptions.forEach(description -> table.add(description, Behaviour::echo));
  }
}
