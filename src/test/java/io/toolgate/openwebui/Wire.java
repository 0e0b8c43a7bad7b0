package io.toolgate.openwebui;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * Sends one HTTP/1.1 request and reads the whole answer within a limit, following no redirect.
 *
 * <p>Like the clients it stands for, it asks for gzip and undoes it.
 */
final class Wire {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private Wire() {}

  /**
   * The answer to this request.
   *
   * @param body null for a request without a body
   * @throws Unreadable when there is no whole answer within the limit
   */
  static Reply send(
      String method, String url, Map<String, String> headers, byte[] body, Duration limit)
      throws Unreadable {
    BodyPublisher content =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(quoted(url))).method(method, content);
    request.setHeader("Accept-Encoding", "gzip");
    headers.forEach(request::setHeader);
    CompletableFuture<HttpResponse<byte[]>> answer =
        CLIENT.sendAsync(request.build(), BodyHandlers.ofByteArray());
    try {
      HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(response.statusCode(), response.headers(), decoded(response));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Unreadable("no answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException | IOException e) {
      throw new Unreadable("no HTTP answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreadable("interrupted");
    }
  }

  private static byte[] decoded(HttpResponse<byte[]> response) throws IOException {
    String encoding = response.headers().firstValue("content-encoding").orElse("");
    if (encoding.isEmpty() || response.body().length == 0) {
      return response.body();
    }
    if (!encoding.equalsIgnoreCase("gzip")) {
      throw new IOException("the answer has an encoding nobody asked for: " + encoding);
    }
    return new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
  }

  /** Percent-encodes what may not stand in a URL, as both clients do before they send. */
  static String quoted(String url) {
    StringBuilder quoted = new StringBuilder();
    for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0) {
        quoted.append(String.format("%%%02X", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.toString();
  }
}
