package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The Python backend, which serves an administrator's global tool servers to all users. */
public abstract sealed class Backend extends OpenWebUi permits OldBackend, NewBackend {
  private final PythonConversion conversion;
  private final AnswerReading reading;

  Backend(PythonConversion conversion, AnswerReading reading) {
    this.conversion = conversion;
    this.reading = reading;
  }

  @Override
  final Reply fetch(String documentUrl, Auth auth) throws Unreadable {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/json");
    auth.whenTheBackendFetches().ifPresent(value -> headers.put("Authorization", value));
    return Wire.send("GET", documentUrl, headers, null, DOCUMENT_LIMIT);
  }

  /** Whether a call without arguments of an operation that has a body ends before it is sent. */
  abstract boolean raisesWithoutArguments();

  @Override
  final List<ModelTool> convert(ObjectNode document) {
    return conversion.convert(document);
  }

  @Override
  final ToolResult execute(
      Connection connection, Operation operation, ObjectNode arguments, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "*/*");
    headers.put("Content-Type", "application/json");
    connection.auth().whenCalling().ifPresent(value -> headers.put("Authorization", value));
    headers.putAll(more);
    if (raisesWithoutArguments() && operation.declaresBody() && arguments.isEmpty()) {
      return new ToolResult.Failed("Request body expected for " + operation.id());
    }
    String body = operation.declaresBody() ? arguments.toString() : "{}";
    byte[] sent = operation.takesBody() ? body.getBytes(StandardCharsets.UTF_8) : null;
    String target = operation.target(base(connection.url()), arguments);
    String method = operation.method().toUpperCase(Locale.ROOT);
    try {
      Reply reply = Wire.send(method, target, headers, sent, CALL_LIMIT);
      if (reply.status() >= 400) {
        return new ToolResult.Failed("HTTP error " + reply.status() + ": " + reply.text());
      }
      return reading.read(reply);
    } catch (Unreadable e) {
      return new ToolResult.Failed(e.getMessage());
    }
  }
}
