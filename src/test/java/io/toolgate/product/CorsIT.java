package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.scripted.Scripted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages in a browser may read. */
class CorsIT {
  private static final String PAGE = "http://localhost:3000";
  private static final String ALLOWED = "https://chat.example";
  private static Product product;

  @BeforeAll
  static void start() {
    Scripted plain = Scripted.stdio().withoutOddTools();
    product =
        Product.serving(
                Map.of(
                    "s", Definition.of(plain),
                    "off", Definition.of(plain).with("disabled", true)),
                Map.of("CORS_ALLOW_ORIGINS", ALLOWED))
            .awaitReady("s");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://chat.example.evil.example", "http://chat.example", "http://xlocalhost"})
  void pagesOfOtherPlacesReadNothing(String origin) {
    Answer answer = product.get("/openapi.json", "Origin", origin);

    answer.refused(403, "not-granted");
    assertFalse(answer.header("Access-Control-Allow-Origin").isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /openapi.json, 200",
    "POST, /s/none, 200",
    "POST, /s/add, 422",
    "POST, /s/nothing, 404",
    "POST, /off/echo, 503",
    "GET, /a/b/c, 404",
    "PUT, /s/echo, 405"
  })
  void pagesOfThisMachineMayReadEveryAnswer(String method, String path, int status) {
    for (String origin : List.of(PAGE, ALLOWED, "http://127.0.0.1:8080", "http://[::1]:8080")) {
      Answer answer =
          product.send(method, path, method.equals("GET") ? null : new byte[0], "Origin", origin);

      assertEquals(status, answer.status(), answer.text());
      assertEquals(origin, answer.header("Access-Control-Allow-Origin").orElse(""));
      String exposed = answer.header("Access-Control-Expose-Headers").orElse("");
      for (String header : List.of("Content-Disposition", "Location", "Mcp-Session-Id")) {
        assertTrue(exposed.contains(header), exposed);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/s/echo", "//s/echo", "/api/config", "/nothing/here"})
  void aPreflightIsAnswered(String path) {
    String wanted =
        "authorization,content-type,x-api-key,x-session-id,mcp-session-id,mcp-protocol-version";

    Answer answer =
        product.send(
            "OPTIONS",
            path,
            null,
            "Origin",
            PAGE,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            wanted);

    assertTrue(answer.status() == 200 || answer.status() == 204, "" + answer.status());
    assertEquals(PAGE, answer.header("Access-Control-Allow-Origin").orElse(""));
    String methods = answer.header("Access-Control-Allow-Methods").orElse("");
    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
      assertTrue(methods.contains(method), methods);
    }
    String headers = answer.header("Access-Control-Allow-Headers").orElse("").toLowerCase();
    for (String header : wanted.split(",")) {
      assertTrue(headers.contains(header), headers);
    }
  }
}
