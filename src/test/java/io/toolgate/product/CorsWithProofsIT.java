package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.scripted.Scripted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages in a browser may read where callers prove who they are, or are not asked to. */
class CorsWithProofsIT {
  private static final String ANYWHERE = "https://anywhere.example";
  private static final String ALLOWED = "https://chat.example";
  private static Product any;
  private static Product named;
  private static Product unproven;

  @BeforeAll
  static void start() {
    any = started(Map.of("MCP_API_KEY", Proofs.KEY, "REQUIRE_USER", "false"));
    named =
        started(
            Map.of(
                "MCP_API_KEY", Proofs.KEY, "REQUIRE_USER", "false", "CORS_ALLOW_ORIGINS", ALLOWED));
    unproven = started(Map.of("ALLOW_ANONYMOUS", "true", "CORS_ALLOW_ORIGINS", ALLOWED));
  }

  private static Product started(Map<String, String> environment) {
    return Product.serving(
            Map.of("s", Definition.of(Scripted.stdio().withoutOddTools())),
            new HashMap<>(environment))
        .proving("Authorization", "Bearer " + Proofs.KEY)
        .awaitReady("s");
  }

  @AfterAll
  static void stop() {
    for (Product product : List.of(any, named, unproven)) {
      product.close();
    }
  }

  private static Answer preflight(Product product, String path, String origin) {
    return product.send(
        "OPTIONS",
        path,
        null,
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "authorization,content-type,x-api-key");
  }

  private static void readable(Answer answer, String origin) {
    assertEquals(origin, answer.header("Access-Control-Allow-Origin").orElse(""), answer.text());
    assertEquals("false", answer.header("Access-Control-Allow-Credentials").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/s/echo", "//s/echo", "/nothing/here"})
  void aPreflightNeedsNoProof(String path) {
    Answer answer = preflight(any, path, ANYWHERE);

    assertTrue(answer.status() == 200 || answer.status() == 204, "" + answer.status());
    readable(answer, ANYWHERE);
    String headers = answer.header("Access-Control-Allow-Headers").orElse("");
    assertTrue(headers.contains("authorization") && headers.contains("x-api-key"), headers);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /openapi.json, 200",
    "HEAD, /openapi.json, 200",
    "POST, /s/add, 422",
    "POST, /s/nothing, 404",
  })
  void everyPageReadsTheAnswersToItsProof(String method, String path, int status) {
    Answer answer =
        any.send(
            method,
            path,
            method.equals("POST") ? new byte[0] : null,
            "Origin",
            ANYWHERE,
            "Authorization",
            "Bearer " + Proofs.KEY);

    assertEquals(status, answer.status(), answer.text());
    readable(answer, ANYWHERE);
  }

  @Test
  void everyPageReadsWhyItIsRefused() {
    Answer none = any.get("/openapi.json", "Origin", ANYWHERE);
    Answer bad = any.post("/s/echo", "{}", "Origin", ANYWHERE, "Authorization", "Bearer wrong");

    for (Answer answer : List.of(none, bad)) {
      answer.refused(401, "unauthenticated");
      readable(answer, ANYWHERE);
      assertTrue(
          answer.header("Access-Control-Expose-Headers").orElse("").contains("WWW-Authenticate"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ALLOWED, "http://localhost:3000", "http://[::1]:8080"})
  void namedPagesAndThoseOfThisMachineRead(String origin) {
    for (Product product : List.of(named, unproven)) {
      Answer answer =
          product.get("/openapi.json", "Origin", origin, "Authorization", "Bearer " + Proofs.KEY);

      answer.ok();
      readable(answer, origin);
      readable(preflight(product, "/s/echo", origin), origin);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ANYWHERE, "null", "http://chat.example", "https://chat.example.evil"})
  void otherPagesAreRefusedWhereSomeAreNamedOrNothingIsProven(String origin) {
    for (Product product : List.of(named, unproven)) {
      Answer call =
          product.post("/s/echo", "{}", "Origin", origin, "Authorization", "Bearer " + Proofs.KEY);
      Answer health = product.get("/health", "Origin", origin);

      for (Answer answer : List.of(call, health, preflight(product, "/s/echo", origin))) {
        answer.refused(403, "not-granted");
        assertFalse(answer.header("Access-Control-Allow-Origin").isPresent());
      }
    }
  }

  @Test
  void aPageThatToolgateServesMayCallItWhateverItsName() {
    String head =
        "POST /s/echo HTTP/1.1\nHost: tools.example:8000\nOrigin: http://tools.example:8000\n"
            + "Content-Length: 15\nConnection: close";

    Answer answer = RawRequest.send(unproven.url(), head, "{\"message\":\"m\"}".getBytes());

    assertEquals("\"m\"", answer.ok());
  }
}
