package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsIT {
  private static Product product;

  @BeforeAll
  static void start() {
    Scripted plain = Scripted.stdio().withoutOddTools();
    product =
        Product.serving(
                Map.of(
                    "s",
                    Definition.of(plain).with("displayName", "The Scripted"),
                    "off",
                    Definition.of(plain).with("disabled", true),
                    "silent",
                    Definition.of(plain.noAnswerTo("initialize")).with("startupTimeout", "20m")),
                Map.of("MCPO_OPERATION_IDS", "true"))
            .awaitReady("s");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void aPlainRequestForTheDocumentAlwaysGets200() {
    Answer first = product.get("/openapi.json");
    Answer second = product.get("//openapi.json");

    assertEquals("application/json", first.header("Content-Type").orElseThrow());
    assertEquals("3.1.0", first.json().path("openapi").asText());
    assertEquals("s_echo", first.json().at("/paths/~1s~1echo/post/operationId").asText());
    assertArrayEquals(first.body(), second.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/openapi.yaml", "/s/openapi.json"})
  void aDocumentThatIsKnownIsNotSentAgain(String path) {
    String etag = product.get(path).header("ETag").orElseThrow();

    Answer known = product.get(path, "If-None-Match", "\"other\", " + etag);
    Answer unknown = product.get(path, "If-None-Match", "\"other\"");

    assertEquals(304, known.status());
    assertEquals(0, known.body().length);
    assertEquals(etag, known.header("ETag").orElseThrow());
    unknown.ok();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate, gzip;q=0.8", "GZIP ;q=1, br", "gzip;q=0.01,identity"})
  void aDocumentIsCompressedForThoseWhoAccept(String accepted) throws IOException {
    Answer plain = product.get("/openapi.json");
    Answer gzip = product.get("/openapi.json", "Accept-Encoding", accepted);

    assertFalse(plain.header("Content-Encoding").isPresent());
    assertEquals("gzip", gzip.header("Content-Encoding").orElseThrow());
    assertTrue(gzip.header("Vary").orElseThrow().contains("Accept-Encoding"));
    assertNotEquals(plain.header("ETag"), gzip.header("ETag"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertArrayEquals(plain.body(), in.readAllBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gzip;q=0", "gzip; q=0", "identity", "x-gzipped", "br, gzip;q=0.0, deflate"})
  void aDocumentIsPlainForThoseWhoDoNot(String accepted) {
    Answer answer = product.get("/openapi.json", "Accept-Encoding", accepted);

    assertFalse(answer.header("Content-Encoding").isPresent());
    answer.json();
  }

  @Test
  void theDocumentIsThereAsYaml() {
    Answer answer = product.get("/openapi.yaml");

    assertEquals("application/yaml", answer.header("Content-Type").orElseThrow());
    assertTrue(answer.text().startsWith("openapi: \"3.1.0\""), answer.text().substring(0, 40));
    assertTrue(answer.text().contains("\n  \"/s/echo\":\n"));
  }

  @Test
  void theDocumentOfOneServerHasItsOwnPathsAndTheNamesOfMcpo() {
    JsonNode document = product.get("/s/openapi.json").json();

    assertEquals("The Scripted", document.at("/info/title").asText());
    assertEquals("tool_echo_post", document.at("/paths/~1echo/post/operationId").asText());
    document
        .path("paths")
        .fieldNames()
        .forEachRemaining(path -> assertTrue(path.matches("/[^/]+"), path));
  }

  @ParameterizedTest
  @CsvSource({
    "/openapi.json?prefix=mine, /s/echo, mine_s_echo",
    "/openapi.json?x=1&prefix=mine-, /s/echo, mine-s_echo",
    "/openapi.json?prefix=, /s/echo, s_echo",
    "/s/openapi.json?prefix=mine, /echo, mine_tool_echo_post"
  })
  void aPrefixStandsBeforeEachName(String document, String path, String name) {
    JsonNode paths = product.get(document).json().path("paths");

    assertEquals(name, paths.path(path).at("/post/operationId").asText());
  }

  @Test
  void aPrefixStandsBeforeEachNameInYamlToo() {
    assertTrue(
        product.get("/openapi.yaml?prefix=mine").text().contains("operationId: \"mine_s_echo\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi.json?prefix=1",
        "/openapi.json?prefix=a%20b",
        "/openapi.json?prefix=a+b",
        "/openapi.yaml?prefix=%FF",
        "/s/openapi.json?prefix=gr%C3%BCn"
      })
  void aPrefixThatNoNameMayBeginWithIsRefused(String path) {
    Answer answer = product.get(path);

    answer.refused(400, "malformed-query");
  }

  @ParameterizedTest
  @CsvSource({
    "/nobody/openapi.json, 404, not-found",
    "/off/openapi.json, 503, upstream-unavailable"
  })
  void aServerThatIsNotServedHasNoDocument(String path, int status, String slug) {
    Answer answer = product.get(path);

    answer.refused(status, slug);
  }

  @Test
  void aServerThatIsStartingHasADocumentWithoutTools() {
    Answer answer = product.get("/silent/openapi.json");

    answer.ok();
    assertTrue(answer.json().path("paths").isEmpty());
  }
}
