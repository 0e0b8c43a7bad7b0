package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.scripted.Scripted;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits so low that nothing is given back while a test runs. Each has its own users and peers. */
class RateLimitsIT {
  private static final String[] KEY = {"Authorization", "Bearer " + Proofs.KEY};
  private static final String PROXY = "127.0.0.200";
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        Product.serving(
                Map.of("s", Definition.of(Scripted.stdio().withoutOddTools())),
                Proofs.environment(
                    "RATE_LIMIT_ENABLED",
                    "true",
                    "RATE_LIMIT_PER_USER",
                    "2",
                    "RATE_LIMIT_PER_ADDRESS",
                    "2",
                    "REQUIRE_USER",
                    "false",
                    "CORS_ALLOW_ORIGINS",
                    "https://chat.example",
                    "TRUSTED_PROXIES",
                    PROXY))
            .proving(KEY)
            .awaitReady("s");
    product.await(
        "grants are known, or health is no 200", () -> product.get("/health").status() == 200);
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  private static Answer call(String user) {
    return product.post(
        "/s/echo",
        "{\"message\":\"m\"}",
        "Authorization",
        "Bearer " + Proofs.KEY,
        "X-OpenWebUI-User-Jwt",
        Proofs.signed(user),
        "Origin",
        "https://chat.example");
  }

  /** From an address of its own, without a valid proof. */
  private static Answer from(String peer, String request, String... headers) {
    String head = request + " HTTP/1.1\nHost: localhost\nContent-Length: 0\nConnection: close";
    for (String header : headers) {
      head += "\n" + header;
    }
    try {
      return RawRequest.send(product.url(), head, new byte[0], InetAddress.getByName(peer));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static String told(Answer answer) {
    return answer.header("RateLimit-Limit").orElse("-")
        + " "
        + answer.header("RateLimit-Remaining").orElse("-")
        + " "
        + answer.header("RateLimit-Reset").orElse("-");
  }

  @Test
  void aUserIsToldWhatRemainsAndThenRefused() {
    Answer first = call(Proofs.ANN);
    Answer second = call(Proofs.ANN);
    Answer third = call(Proofs.ANN);

    assertTrue(told(first).matches("2 1 (30|29)"), told(first));
    assertTrue(told(second).matches("2 0 [3-6]\\d"), told(second));
    third.refused(429, "too-many-calls");
    assertTrue(told(third).matches("2 0 [3-6]\\d"), told(third));
    int retry = Integer.parseInt(third.header("Retry-After").orElseThrow());
    assertTrue(retry > 0 && retry <= 30, "" + retry);
    assertTrue(third.json().path("detail").asText().contains("Try again in " + retry + " s"));
    assertEquals("https://chat.example", third.header("Access-Control-Allow-Origin").orElse(""));
    String exposed = third.header("Access-Control-Expose-Headers").orElse("");
    for (String name :
        new String[] {"Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"}) {
      assertTrue(exposed.contains(name), exposed);
    }
  }

  @Test
  void eachUserAndEachKeyIsCountedAlone() {
    for (int i = 0; i < 3; i++) {
      call("carl@example.org");
    }

    Answer dora = call("dora@example.org");
    Answer key = product.post("/s/pid", "{}", KEY);

    assertTrue(dora.status() != 429, dora.text());
    assertTrue(told(dora).startsWith("2 1 "), told(dora));
    assertTrue(told(key).startsWith("2 1 "), told(key));
    key.ok();
  }

  @Test
  void whoProvesThemselvesReadsAsMuchAsTheyLike() {
    for (int i = 0; i < 4; i++) {
      for (String path : new String[] {"/openapi.json", "/s/openapi.json", "/servers", "/tools"}) {
        Answer read = product.get(path, KEY);

        read.ok();
        assertEquals("- - -", told(read));
      }
    }
  }

  @Test
  void badAndMissingProofsCountForTheAddress() {
    Answer missing = from("127.0.0.11", "GET /openapi.json");
    Answer bad = from("127.0.0.11", "POST /s/echo", "Authorization: Bearer wrong");
    Answer third = from("127.0.0.11", "GET /openapi.json");
    Answer good = from("127.0.0.11", "GET /servers", "Authorization: Bearer " + Proofs.KEY);
    Answer other = from("127.0.0.12", "GET /openapi.json");

    missing.refused(401, "unauthenticated");
    assertTrue(told(missing).startsWith("2 1 "), told(missing));
    bad.refused(401, "unauthenticated");
    third.refused(429, "too-many-calls");
    assertTrue(third.header("Retry-After").isPresent());
    good.ok();
    other.refused(401, "unauthenticated");
  }

  @Test
  void probesAreAnsweredWhateverTheLimit() {
    for (int i = 0; i < 4; i++) {
      assertEquals("- - -", told(from("127.0.0.21", "GET /q/health/live")));
    }
    for (int i = 0; i < 4; i++) {
      Answer bad = from("127.0.0.21", "GET /health", "Authorization: Bearer wrong");

      assertEquals(200, bad.status());
      assertFalse(bad.json().has("servers"));
    }
    from("127.0.0.21", "POST /s/echo").refused(429, "too-many-calls");
  }

  @Test
  void whatAClientSaysOfItsAddressChangesNothing() {
    for (int i = 0; i < 2; i++) {
      from("127.0.0.31", "POST /s/echo", "X-Forwarded-For: 198.51.100." + i)
          .refused(401, "unauthenticated");
    }
    from("127.0.0.31", "POST /s/echo", "X-Forwarded-For: 198.51.100.7")
        .refused(429, "too-many-calls");
  }

  @Test
  void aTrustedProxySaysForWhomItAsks() {
    String[] forged = {
      "X-Forwarded-For: 203.0.113.1", "X-Forwarded-For: 203.0.113.2, 198.51.100.9"
    };
    from(PROXY, "POST /s/echo", forged[1]).refused(401, "unauthenticated");
    from(PROXY, "POST /s/echo", forged[0], "X-Forwarded-For: 198.51.100.9")
        .refused(401, "unauthenticated");

    Answer same = from(PROXY, "POST /s/echo", "X-Forwarded-For: 198.51.100.9");
    Answer other = from(PROXY, "POST /s/echo", "X-Forwarded-For: 198.51.100.10");

    same.refused(429, "too-many-calls");
    other.refused(401, "unauthenticated");
  }
}
