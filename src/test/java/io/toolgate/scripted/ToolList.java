package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The answers to {@code tools/list}, with all the ways a list can go wrong. */
final class ToolList {
  private final Options options;
  private final ToolTable tools;

  ToolList(Options options, ToolTable tools) {
    this.options = options;
    this.tools = tools;
  }

  void answer(Call call) {
    List<JsonNode> all = entries();
    int size = options.number(Option.PAGE).orElse(Math.max(1, all.size()));
    int start = options.has(Option.ENDLESS_PAGING) ? 0 : call.params().path("cursor").asInt(0);
    int page = start / size + 1;
    if (options.number(Option.FAIL_PAGE).orElse(0) == page) {
      call.error(-32603, "Page " + page + " cannot be read");
      return;
    }
    int end = Math.min(start + size, all.size());
    ObjectNode result = Json.object();
    result.putArray("tools").addAll(all.subList(Math.min(start, end), end));
    if (options.has(Option.ENDLESS_PAGING)) {
      result.put("nextCursor", "again");
    } else if (end < all.size()) {
      result.put("nextCursor", String.valueOf(end));
    }
    call.result(result);
  }

  private List<JsonNode> entries() {
    List<JsonNode> entries = new ArrayList<>();
    if (options.has(Option.BROKEN_ENTRIES)) {
      Json.resource("broken-entries.json").forEach(entries::add);
    }
    entries.addAll(tools.listed());
    return entries;
  }
}
