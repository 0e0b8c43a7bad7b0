package io.toolgate.openwebui;

import java.util.Optional;

/**
 * How a connection proves itself, as chosen in Open WebUI's connection dialogue.
 *
 * <p>The kinds differ in where the token travels: the backend fetches the document with a bearer
 * key only, the page with a bearer key or the user's session token, and calls carry any of them.
 */
public record Auth(Kind kind, String token) {
  /** The choices of the dialogue. */
  public enum Kind {
    NONE,
    BEARER,
    SESSION,
    SYSTEM_OAUTH
  }

  public static Auth none() {
    return new Auth(Kind.NONE, "");
  }

  public static Auth bearer(String key) {
    return new Auth(Kind.BEARER, key);
  }

  public static Auth session(String token) {
    return new Auth(Kind.SESSION, token);
  }

  public static Auth systemOauth(String accessToken) {
    return new Auth(Kind.SYSTEM_OAUTH, accessToken);
  }

  Optional<String> whenTheBackendFetches() {
    return kind == Kind.BEARER ? header() : Optional.empty();
  }

  Optional<String> whenThePageFetches() {
    return kind == Kind.BEARER || kind == Kind.SESSION ? header() : Optional.empty();
  }

  Optional<String> whenCalling() {
    return kind == Kind.NONE ? Optional.empty() : header();
  }

  private Optional<String> header() {
    return token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token);
  }

  @Override
  public String toString() {
    return "Auth[" + kind + "]";
  }
}
