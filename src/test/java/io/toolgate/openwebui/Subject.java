package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The running product under test, what may be called on it, and plain requests to it. */
interface Subject {
  String CLIENTS = "io.toolgate.openwebui.Subject#clients";

  static Stream<OpenWebUi> clients() {
    return Stream.of(new OldBackend(), new NewBackend(), new Browser());
  }

  /** Without a slash at its end. */
  String baseUrl();

  /** What the connection is configured with. */
  default Auth auth() {
    return Auth.none();
  }

  /** A tool that answers one text holding an argument's value, and accepts unknown arguments. */
  Sample echo();

  /** A tool that needs no arguments; they are the empty object. */
  Sample withoutArguments();

  /** Arguments of which an optional one is an explicit null. */
  Sample nullForOptional();

  /** A tool that answers a picture, alone or among texts; expected is a part of its data URI. */
  Sample picture();

  /** A tool that answers several texts. */
  Sample severalTexts();

  /** A tool that answers structured content, an object. */
  Sample structured();

  /** A tool that answers nothing. */
  Sample withoutResult();

  /** A tool that reports an error; expected is a part of its text. */
  Sample failing();

  /** Arguments that break the tool's schema; expected is a part of what helps to mend them. */
  Sample invalid();

  default Connection connected(OpenWebUi client) {
    return client.connect(baseUrl(), auth());
  }

  default ToolResult called(OpenWebUi client, Sample sample) {
    return connected(client).call(sample.tool(), sample.arguments(), Map.of());
  }

  default JsonNode document() {
    return connected(new NewBackend()).document();
  }

  default String pathOf(Sample sample) {
    return Operation.named(sample.tool(), document()).orElseThrow().path();
  }

  /** A plain request with a JSON body, or with no body when it is null. */
  default Reply plain(String method, String target, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    auth().whenCalling().ifPresent(value -> headers.put("Authorization", value));
    try {
      byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
      return Wire.send(method, baseUrl() + target, headers, bytes, OpenWebUi.CALL_LIMIT);
    } catch (Unreadable e) {
      throw new AssertionError(method + ' ' + target, e);
    }
  }

  /** Requests that must fail, each in another way. */
  default List<Mistaken> mistakes() {
    String tool = pathOf(echo());
    return List.of(
        new Mistaken("POST", "/no-such-server/no-such-tool", "{}"),
        new Mistaken("POST", tool + "-no-such-tool", "{}"),
        new Mistaken("GET", "/no-such-server/openapi.json", null),
        new Mistaken("POST", tool, "{"),
        new Mistaken("POST", tool, "[1]"),
        new Mistaken("POST", pathOf(invalid()), invalid().arguments().toString()),
        new Mistaken("POST", pathOf(failing()), failing().arguments().toString()));
  }

  /** A request that must fail; the body may be null. */
  record Mistaken(String method, String target, String body) {}
}
