package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.toolgate.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What Toolgate answered to a plain request. */
public record Answer(int status, java.net.http.HttpHeaders headers, byte[] body) {
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public static Answer to(String method, String url, byte[] body, String... headers) {
    try {
      return later(method, url, body, headers).get();
    } catch (ExecutionException e) {
      throw new AssertionError(method + " " + url + " failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public static CompletableFuture<Answer> later(
      String method, String url, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Await.LIMIT)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT
        .sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(
            response -> new Answer(response.statusCode(), response.headers(), response.body()));
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text(), e);
    }
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The stable name of the problem, for example {@code not-found}. */
  public String problem() {
    return json().path("type").asText();
  }

  /**
   * Asserts that this is a problem document of this kind, complete and consistent with its headers.
   *
   * @return the document
   */
  public JsonNode refused(int expectedStatus, String slug) {
    assertEquals(expectedStatus + " " + slug, status + " " + problem(), text());
    assertEquals("application/problem+json", header("Content-Type").orElse(""));
    JsonNode document = json();
    assertEquals(expectedStatus, document.path("status").intValue());
    assertFalse(document.path("title").asText().isBlank(), text());
    assertFalse(document.path("detail").asText().isBlank(), text());
    assertEquals(header("X-Request-Id").orElseThrow(), document.path("instance").asText());
    assertEquals("nosniff", header("X-Content-Type-Options").orElse(""));
    return document;
  }

  /** Asserts that this is a result, and gives its text. */
  public String ok() {
    assertEquals(200, status, text());
    return text();
  }
}
