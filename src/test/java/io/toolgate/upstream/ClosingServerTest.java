package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import io.toolgate.tenant.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that answers one request on each connection, and then closes it without saying so. */
class ClosingServerTest {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  @TempDir Path folder;
  private Launched launched;
  private ServerSocket server;
  private final AtomicInteger greetings = new AtomicInteger();
  private volatile String before = "";

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "closing-server");
    thread.setDaemon(true);
    thread.start();
    launched = new Launched(folder);
    URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/mcp");
    launched.start(
        launched.definition(
            new Transport.Remote(Transport.Protocol.STREAMABLE_HTTP, url, Map.of())));
    launched.await(UpstreamState.Ready.class);
  }

  @AfterEach
  void end() throws IOException {
    launched.close();
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        String request = request(socket.getInputStream());
        socket.getOutputStream().write(answer(request).getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // the client went away, or the test is over
      }
    }
  }

  private static String request(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.write(next);
    }
    Matcher length = LENGTH.matcher(head.toString(StandardCharsets.UTF_8));
    byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    return new String(body, StandardCharsets.UTF_8);
  }

  private String answer(String body) throws IOException {
    JsonNode request = body.isEmpty() ? Peer.object() : Json.MAPPER.readTree(body);
    String result =
        switch (request.path("method").asText()) {
          case "initialize" -> {
            greetings.incrementAndGet();
            yield "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}}}";
          }
          case "tools/list" -> "{\"tools\":[{\"name\":\"a\"}]}";
          default -> "{\"n\":5}";
        };
    if (!request.has("id")) {
      return "HTTP/1.1 " + (body.isEmpty() ? 405 : 202) + " Odd\r\nContent-Length: 0\r\n\r\n";
    }
    String message = "{\"id\":" + request.get("id") + ",\"result\":" + result + "}";
    return before + "HTTP/1.1 200 OK\r\nContent-Length: " + message.length() + "\r\n\r\n" + message;
  }

  @Test
  void isCalledAllTheSameAndKeepsItsSession() {
    int answered = 0;
    for (int i = 0; i < 50; i++) {
      answered += Await.result(launched.call().handle((json, lost) -> json == null ? 0 : 1));
    }

    assertTrue(answered >= 49, answered + " of 50"); // one may be lost before that is known
    assertEquals(1, greetings.get());
  }

  @Test
  void aProvisionalAnswerIsNotTakenForTheAnswer() {
    launched.call().handle((json, lost) -> json).join(); // the first to find its connection closed
    before = "HTTP/1.1 103 Early Hints\r\n\r\n";
    assertEquals(5, Await.result(launched.call()).path("n").asInt());

    before = "HTTP/1.1 102 Processing\r\n\r\n";
    launched.call().handle((json, lost) -> json).join();
    before = "";

    for (int i = 0; i < 5; i++) {
      assertEquals(5, Await.result(launched.call()).path("n").asInt());
    }
  }
}
