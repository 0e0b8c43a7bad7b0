package io.toolgate.openwebui;

import io.toolgate.identity.Minted;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Open WebUI's environment says of telling tool servers about users: {@code
 * ENABLE_FORWARD_USER_INFO_HEADERS}, and {@code FORWARD_USER_INFO_HEADER_JWT_SECRET} where the
 * version knows it.
 */
sealed interface Forwarding {

  /** Sent with a call in the name of this user. */
  Map<String, String> headers(User user);

  /** Nothing is told, as by default. */
  record Off() implements Forwarding {
    @Override
    public Map<String, String> headers(User user) {
      return Map.of();
    }
  }

  /** Four headers; also what a version that signs falls back to when it cannot. */
  record Plain() implements Forwarding {
    @Override
    public Map<String, String> headers(User user) {
      return withChat(
          Map.of(
              "X-OpenWebUI-User-Name", HeaderTemplate.quoted(user.name()),
              "X-OpenWebUI-User-Id", user.id(),
              "X-OpenWebUI-User-Email", user.email(),
              "X-OpenWebUI-User-Role", user.role()));
    }
  }

  /** One signed header instead of the four. */
  record Signed(String secret) implements Forwarding {
    @Override
    public Map<String, String> headers(User user) {
      String token =
          Minted.header(user.email())
              .claim("sub", user.id())
              .claim("name", user.name())
              .claim("role", user.role())
              .sign(secret);
      return withChat(Map.of("X-OpenWebUI-User-Jwt", token));
    }

    @Override
    public String toString() {
      return "Signed";
    }
  }

  private static Map<String, String> withChat(Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("X-OpenWebUI-Chat-Id", "9b1c");
    all.put("X-OpenWebUI-Message-Id", "77aa");
    return all;
  }
}
