package io.toolgate.scripted;

/**
 * What a tool does when it is called. It may answer now, later, often or never, but must not wait:
 * the thread that runs it also reads the next message.
 */
@FunctionalInterface
interface Behaviour {
  void run(Call call) throws Exception;

  /** Answers with the tool's name and its arguments, as the JSON text {@code {tool,arguments}}. */
  static void echo(Call call) {
    call.answer(
        Json.object()
            .put("tool", call.params().path("name").asText())
            .set("arguments", call.arguments())
            .toString());
  }
}
