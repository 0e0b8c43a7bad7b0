package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One conversation, whatever transport carries it.
 *
 * <p>Threading: any thread; the transport decides how many requests run at once.
 */
final class Session {
  private static final String NEWEST = "2025-11-25";

  private final Script script;
  private final String id;
  private final Map<String, Consumer<JsonNode>> questions = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<JsonNode> cancelled = new CopyOnWriteArrayList<>();
  private volatile Channel unsolicited;
  private volatile JsonNode client = MissingNode.getInstance();

  Session(Script script, String id, Channel unsolicited) {
    this.script = script;
    this.id = id;
    this.unsolicited = unsolicited;
  }

  String id() {
    return id;
  }

  Script script() {
    return script;
  }

  /** Where messages go that belong to no request. */
  Channel unsolicited() {
    return unsolicited;
  }

  void unsolicited(Channel channel) {
    unsolicited = channel;
  }

  /** The params of {@code initialize}; missing before it came. */
  JsonNode client() {
    return client;
  }

  /** The request ids the client has cancelled. */
  List<JsonNode> cancelled() {
    return cancelled;
  }

  /** Sends a request to the client; {@code answer} gets its whole response. */
  void ask(Channel channel, String method, JsonNode params, Consumer<JsonNode> answer) {
    String question = "question-" + asked.incrementAndGet();
    questions.put(question, answer);
    channel.send(Json.notification(method, params).put("id", question));
  }

  /**
   * Takes a message.
   *
   * @param headers of the HTTP request that carried it
   * @param channel where the answer goes, if there is one
   */
  void receive(JsonNode message, ObjectNode headers, Channel channel) {
    script.record(message);
    Call call = new Call(this, message, headers, channel);
    if (!message.has("method")) {
      Optional.ofNullable(questions.remove(call.id().asText())).ifPresent(q -> q.accept(message));
    } else if (message.has("id")) {
      answer(call);
    } else if (call.method().equals("notifications/cancelled")) {
      cancelled.add(call.params().path("requestId"));
    }
  }

  private void answer(Call call) {
    Options options = script.options();
    if (options.all(Option.NO_ANSWER_TO).contains(call.method())) {
      return;
    }
    boolean withTools = !options.has(Option.WITHOUT_TOOLS);
    switch (call.method()) {
      case "initialize" -> initialize(call);
      case "ping" -> call.result(Json.object());
      case "tools/list" -> {
        if (withTools) {
          new ToolList(options, script.tools()).answer(call);
        } else {
          call.error(-32601, "There are no tools");
        }
      }
      case "tools/call" -> run(call);
      default -> call.error(-32601, "Unknown method " + call.method());
    }
  }

  private void initialize(Call call) {
    client = call.params();
    Options options = script.options();
    ObjectNode result = Json.object();
    result.put(
        "protocolVersion",
        options
            .text(Option.PROTOCOL_VERSION)
            .orElse(client.path("protocolVersion").asText(NEWEST)));
    ObjectNode capabilities = result.putObject("capabilities");
    if (!options.has(Option.WITHOUT_TOOLS)) {
      capabilities.putObject("tools").put("listChanged", true);
    }
    result.putObject("serverInfo").put("name", "scripted").put("version", "1");
    options.text(Option.INSTRUCTIONS).ifPresent(text -> result.put("instructions", text));
    script.later(options.duration(Option.START_DELAY), () -> answerWhenStarted(call, result));
  }

  private void answerWhenStarted(Call call, ObjectNode result) {
    boolean started =
        script.options().text(Option.STARTED_BY).map(Path::of).map(Files::exists).orElse(true);
    if (started) {
      call.result(result);
    } else {
      script.later(Duration.ofMillis(20), () -> answerWhenStarted(call, result));
    }
  }

  private void run(Call call) {
    String name = call.params().path("name").asText();
    Optional<Behaviour> behaviour = script.tools().behaviour(name);
    if (behaviour.isEmpty()) {
      call.error(-32602, "Unknown tool " + name);
      return;
    }
    try {
      behaviour.get().run(call);
    } catch (Exception e) {
      call.error(-32603, String.valueOf(e));
    }
  }
}
