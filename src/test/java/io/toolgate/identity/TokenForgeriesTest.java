package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both kinds of tokens that Open WebUI signs with a shared secret, and everything wrong with them.
 */
class TokenForgeriesTest {
  /** A place for tokens: what is configured for it, a good token, and its way to us. */
  private record Kind(String name, Configured configured, String secret, Minted good) {
    Sent sent(String token) {
      return name.equals("header") ? Sent.signed(token) : Sent.bearer(token);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Kind header() {
    return new Kind(
        "header", Configured.signed(), Configured.SIGNED_SECRET, Minted.header("ann@example.org"));
  }

  private static Kind session() {
    return new Kind(
        "session",
        Configured.sessions().knowing(Map.of("1", new DirectoryUser("ann@example.org", "user"))),
        Configured.SESSION_SECRET,
        Minted.session("1"));
  }

  private record Forgery(String what, Kind kind, String token, String reason) {}

  private static List<Forgery> forgeries(Kind kind) {
    List<Forgery> all = new ArrayList<>();
    Minted good = kind.good();
    String secret = kind.secret();
    String token = good.sign(secret);
    String[] parts = token.split("\\.");
    all.add(new Forgery("alg none", kind, again(kind).algorithm("none").unsigned(), "algorithm"));
    all.add(
        new Forgery(
            "alg none signed", kind, again(kind).algorithm("none").sign(secret), "algorithm"));
    all.add(new Forgery("alg None", kind, again(kind).algorithm("None").unsigned(), "algorithm"));
    all.add(
        new Forgery(
            "HS512 with the right secret",
            kind,
            again(kind).algorithm("HS512").sign("HmacSHA512", secret),
            "algorithm"));
    all.add(new Forgery("RS256", kind, Provider.token(again(kind)), "algorithm"));
    all.add(new Forgery("no signature", kind, good.unsigned(), ""));
    all.add(new Forgery("another secret", kind, good.sign("guess-0123456789abcdef"), "signature"));
    all.add(
        new Forgery(
            "changed claims",
            kind,
            parts[0]
                + "."
                + again(kind).claim("id", "2").claim("email", "x@y").unsigned().split("\\.")[1]
                + "."
                + parts[2],
            "signature"));
    all.add(
        new Forgery(
            "expired", kind, again(kind).claim("exp", Minted.now() - 60).sign(secret), "expired"));
    all.add(new Forgery("no exp", kind, again(kind).without("exp").sign(secret), "exp"));
    all.add(new Forgery("exp as text", kind, again(kind).claim("exp", "never").sign(secret), ""));
    all.add(
        new Forgery(
            "not yet", kind, again(kind).claim("nbf", Minted.now() + 90).sign(secret), "yet"));
    all.add(
        new Forgery(
            "from the future",
            kind,
            again(kind).claim("iat", Minted.now() + 90).sign(secret),
            "yet"));
    all.add(
        new Forgery(
            "oversized",
            kind,
            again(kind).claim("x", "x".repeat(Token.LONGEST)).sign(secret),
            "longer"));
    all.add(new Forgery("two parts", kind, parts[0] + "." + parts[1], ""));
    all.add(new Forgery("four parts", kind, token + "." + parts[2], ""));
    all.add(new Forgery("five parts", kind, token + "." + parts[2] + "." + parts[2], ""));
    all.add(new Forgery("no base64", kind, "e.!!.?", ""));
    all.add(new Forgery("dots", kind, "..", ""));
    all.add(
        new Forgery(
            "a critical extension",
            kind,
            header("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", good, secret),
            ""));
    for (String algorithm : List.of("1", "null", "true", "[\"HS256\"]", "{\"a\":\"HS256\"}")) {
      all.add(
          new Forgery(
              "alg " + algorithm,
              kind,
              header("{\"alg\":" + algorithm + "}", good, secret),
              "algorithm"));
    }
    all.add(
        new Forgery(
            "doubled alg", kind, header("{\"alg\":\"none\",\"alg\":\"HS256\"}", good, secret), ""));
    return all;
  }

  private static Minted again(Kind kind) {
    return kind.name().equals("header") ? Minted.header("ann@example.org") : Minted.session("1");
  }

  /** The good claims under another header, signed as that asks. */
  private static String header(String json, Minted good, String secret) {
    return Minted.signed(Minted.encode(json.getBytes(StandardCharsets.UTF_8)), good, secret);
  }

  static Stream<Arguments> forgeries() {
    return Stream.of(header(), session())
        .flatMap(kind -> forgeries(kind).stream())
        .map(forgery -> Arguments.of(forgery.kind() + ": " + forgery.what(), forgery));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void aForgedTokenIsRefused(String name, Forgery forgery) {
    Kind kind = forgery.kind();

    String refusal = kind.configured().refusal(kind.sent(forgery.token()));

    assertTrue(refusal.contains(forgery.reason()), refusal);
    assertFalse(refusal.contains(kind.secret()) || refusal.contains("jose4j"), refusal);
  }

  static Stream<Kind> kinds() {
    return Stream.of(header(), session());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theUnforgedTokenIsAccepted(Kind kind) {
    Caller.User user = kind.configured().user(kind.sent(kind.good().sign(kind.secret())));

    assertEquals("ann@example.org", user.email());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void clocksMayDifferByHalfAMinute(Kind kind) {
    Minted ended = again(kind).claim("iat", Minted.now() - 300).claim("exp", Minted.now() - 20);
    Minted early = again(kind).claim("iat", Minted.now() + 20).claim("nbf", Minted.now() + 20);

    for (Minted almost : List.of(ended, early)) {
      Sent request = kind.sent(almost.sign(kind.secret()));
      assertEquals("ann@example.org", kind.configured().user(request).email());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anAccidentInOneCharacterNeverPassesNorEscapes(Kind kind) {
    Random random = new Random(7);
    String token = kind.good().sign(kind.secret());
    for (int i = 0; i < 1000; i++) {
      char[] broken = token.toCharArray();
      int at = random.nextInt(broken.length - 1); // the last character has unused bits
      char other = "abcXYZ019-_.=!{\"".charAt(random.nextInt(16));
      if (broken[at] != other) {
        broken[at] = other;
        kind.configured().refusal(kind.sent(new String(broken)));
      }
    }
  }

  @Test
  void aSessionTokenIsNoSignedHeader() {
    Configured sameSecret = Configured.signed().and("WEBUI_SECRET_KEY", Configured.SIGNED_SECRET);
    String session =
        Minted.session("1").claim("email", "ann@example.org").sign(Configured.SIGNED_SECRET);

    assertTrue(sameSecret.refusal(Sent.signed(session)).contains("issuer"));
  }

  @Test
  void aSignedHeaderIsNoSessionToken() {
    Configured sameSecret = Configured.signed().and("WEBUI_SECRET_KEY", Configured.SIGNED_SECRET);
    String header = Minted.header("ann@example.org").sign(Configured.SIGNED_SECRET);

    assertTrue(sameSecret.refusal(Sent.bearer(header)).contains("no id"));
  }
}
