package io.toolgate.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request on its way to us: headers in any case, and the address it comes from. */
final class Sent {
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private InetAddress peer = address("203.0.113.9");

  static Sent empty() {
    return new Sent();
  }

  static Sent bearer(String credentials) {
    return empty().with("Authorization", "Bearer " + credentials);
  }

  static Sent basic(String user, String password) {
    return empty()
        .with(
            "Authorization",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  static Sent apiKey(String key) {
    return empty().with("X-API-Key", key);
  }

  static Sent signed(String token) {
    return empty().withSigned(token);
  }

  static Sent gateway(String secret) {
    return empty().with("X-Gateway-Secret", secret);
  }

  Sent with(String name, String value) {
    headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    return this;
  }

  Sent withSigned(String token) {
    return with("X-OpenWebUI-User-Jwt", token);
  }

  Sent withPlain(String email) {
    return with("X-OpenWebUI-User-Email", email);
  }

  Sent from(String newPeer) {
    peer = address(newPeer);
    return this;
  }

  RequestHeaders headers() {
    return name -> headers.getOrDefault(name, List.of());
  }

  InetAddress peer() {
    return peer;
  }

  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String toString() {
    return headers + " from " + peer;
  }
}
