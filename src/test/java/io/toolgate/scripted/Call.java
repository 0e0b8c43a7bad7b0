package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One request of the client, with the way its answer goes back.
 *
 * @param message the JSON-RPC request
 * @param headers of the HTTP request that carried it, by lower-case name; empty over stdio
 */
record Call(Session session, JsonNode message, ObjectNode headers, Channel channel) {

  JsonNode id() {
    return message.path("id");
  }

  String method() {
    return message.path("method").asText();
  }

  JsonNode params() {
    return message.path("params");
  }

  JsonNode arguments() {
    return params().path("arguments");
  }

  String text(String argument, String fallback) {
    return arguments().path(argument).asText(fallback);
  }

  int number(String argument, int fallback) {
    return arguments().path(argument).asInt(fallback);
  }

  /** Answers with one text. */
  void answer(String text) {
    answer(Content.text(text));
  }

  /** Answers with content blocks. */
  void answer(JsonNode... blocks) {
    result(Content.result(blocks));
  }

  void result(JsonNode result) {
    send(response(result));
  }

  /** Sends the last message that belongs to this request. */
  void send(JsonNode response) {
    channel.send(response);
    channel.end();
  }

  void error(int code, String message) {
    ObjectNode response = Json.message().set("id", id());
    response.putObject("error").put("code", code).put("message", message);
    send(response);
  }

  ObjectNode response(JsonNode result) {
    return Json.message().<ObjectNode>set("id", id()).set("result", result);
  }
}
