package io.toolgate.openwebui;

import io.toolgate.openwebui.LoopbackServer.Request;
import io.toolgate.openwebui.LoopbackServer.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A gateway between Open WebUI and Toolgate. It knows who is signed in, and hands their requests on
 * with nothing of what clients say of themselves.
 */
final class Gateway implements AutoCloseable {
  private final String target;
  private final Map<String, String> proof;
  private final Map<String, User> signedIn;
  private final LoopbackServer server;

  /**
   * @param proof headers with which it proves itself
   * @param signedIn users by the tokens of their sessions
   */
  Gateway(String target, Map<String, String> proof, Map<String, User> signedIn) throws IOException {
    this.target = target;
    this.proof = proof;
    this.signedIn = signedIn;
    this.server = new LoopbackServer(this::answer);
  }

  String url() {
    return server.url();
  }

  private Response answer(Request request) {
    String authorization = request.headers().getOrDefault("authorization", "");
    User user = signedIn.get(authorization.replaceFirst("^Bearer ", ""));
    if (user == null) {
      return Response.json(401, "{\"detail\": \"Sign in.\"}");
    }
    Map<String, String> headers = new LinkedHashMap<>(proof);
    headers.put("Content-Type", request.headers().getOrDefault("content-type", ""));
    headers.put("X-Forwarded-For", "203.0.113.7");
    headers.put("X-User-Email", user.email());
    headers.put("X-User-Name", HeaderTemplate.quoted(user.name()));
    headers.put("X-User-Admin", String.valueOf(user.role().equals("admin")));
    headers.put(
        "X-User-Groups",
        user.groups().stream().map(HeaderTemplate::quoted).collect(Collectors.joining(",")));
    try {
      Reply reply =
          Wire.send(
              request.method(),
              target + request.target(),
              headers,
              request.body().getBytes(StandardCharsets.UTF_8),
              OpenWebUi.CALL_LIMIT);
      return Response.of(
          reply.status(), Map.of("Content-Type", reply.header("Content-Type")), reply.text());
    } catch (Unreadable e) {
      return Response.json(502, "{\"detail\": \"" + e.getMessage() + "\"}");
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
