package io.toolgate.scripted;

import static io.toolgate.scripted.ToolTable.takes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;

/** Tools that answer with an error, or with what is no result at all. */
final class ErrorTools {
  private ErrorTools() {}

  static void addTo(ToolTable table) {
    table.add("fail", takes("message:string"), call -> call.result(failure(call)));
    table.add("fail_silently", takes(), call -> call.result(Content.result().put("isError", true)));
    table.add(
        "rpc_error", takes("code:integer?", "message:string?", "data:string?"), ErrorTools::error);
    table.add("null_result", takes(), call -> call.result(NullNode.getInstance()));
    table.add("broken_result", takes("kind:string?"), call -> call.result(broken(call)));
  }

  private static ObjectNode failure(Call call) {
    return Content.result(Content.text(call.text("message", "failed"))).put("isError", true);
  }

  private static void error(Call call) {
    ObjectNode response = Json.message().set("id", call.id());
    ObjectNode error = response.putObject("error").put("code", call.number("code", -32000));
    error.put("message", call.text("message", "an error"));
    if (call.arguments().has("data")) {
      error.set("data", call.arguments().get("data"));
    }
    call.send(response);
  }

  /**
   * By kind: {@code string} (default), {@code no_content}, {@code content}, {@code item}; {@code
   * deep} and {@code number} hold a value that few readers accept.
   */
  private static JsonNode broken(Call call) {
    return switch (call.text("kind", "string")) {
      case "no_content" -> Json.object();
      case "content" -> Json.object().put("content", "no array");
      case "item" -> Content.result(IntNode.valueOf(7), NullNode.getInstance());
      case "deep" -> Content.result().set("structuredContent", nested(900));
      case "number" -> Content.result().put("structuredContent", BigInteger.TEN.pow(5_000));
      default -> TextNode.valueOf("no object");
    };
  }

  private static JsonNode nested(int levels) {
    ObjectNode value = Json.object();
    for (int i = 1; i < levels; i++) {
      value = Json.object().set("in", value);
    }
    return value;
  }
}
