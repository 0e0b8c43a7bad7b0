package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A connection that an administrator has set up for all users, in an Open WebUI whose environment
 * forwards users or not.
 *
 * <p>The backend fetches the document for all of them at once, with nothing but a bearer key, and
 * again at every turn of a chat; calls are made in the name of one user. Immutable.
 *
 * @param auth its token is the key of a bearer connection; session and OAuth tokens are the users'
 */
record SharedConnection(
    Backend client,
    String url,
    String path,
    Auth auth,
    Map<String, HeaderTemplate> customHeaders,
    Forwarding forwarding) {

  static SharedConnection to(String url, Auth auth) {
    return new SharedConnection(
        new NewBackend(), url, "openapi.json", auth, Map.of(), new Forwarding.Off());
  }

  SharedConnection from(Backend otherClient) {
    return new SharedConnection(otherClient, url, path, auth, customHeaders, forwarding);
  }

  SharedConnection at(String otherUrl, String otherPath) {
    return new SharedConnection(client, otherUrl, otherPath, auth, customHeaders, forwarding);
  }

  SharedConnection forwarding(Forwarding other) {
    return new SharedConnection(client, url, path, auth, customHeaders, other);
  }

  SharedConnection withHeader(String name, String template) {
    Map<String, HeaderTemplate> headers = new LinkedHashMap<>(customHeaders);
    headers.put(name, new HeaderTemplate(template));
    return new SharedConnection(client, url, path, auth, headers, forwarding);
  }

  /**
   * Names of the tools that models are offered.
   *
   * @throws ConnectionFailed when none are, because the document cannot be had
   */
  Set<String> tools() {
    return connected().tools().stream().map(ModelTool::name).collect(Collectors.toSet());
  }

  /** A call with the one argument that the tools here take. */
  ToolResult call(User user, String tool) {
    JsonNode arguments = Reply.JSON.createObjectNode().put("message", "m");
    return connected().call(tool, arguments, headers(user));
  }

  private Connection connected() {
    return client.connect(url, path, auth);
  }

  /** In Open WebUI's order: a later one of the same name replaces an earlier one. */
  private Map<String, String> headers(User user) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (auth.kind() == Auth.Kind.SESSION || auth.kind() == Auth.Kind.SYSTEM_OAUTH) {
      user.session().ifPresent(token -> headers.put("Cookie", "token=" + token));
      own(user).ifPresent(token -> headers.put("Authorization", "Bearer " + token));
    }
    customHeaders.forEach((name, template) -> headers.put(name, template.filledFor(user)));
    headers.putAll(forwarding.headers(user));
    return headers;
  }

  private Optional<String> own(User user) {
    return auth.kind() == Auth.Kind.SESSION ? user.session() : user.access();
  }
}
