package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.toolgate.Await;
import io.toolgate.policy.CapturedLog;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.Told;
import io.toolgate.tenant.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are a little different from what is written, over both transports. */
class OddServersTest {
  private static final String MARK = "\uFEFF";

  @TempDir Path folder;
  private Launched launched;
  private OddHttp http;

  @BeforeEach
  void prepare() {
    launched = new Launched(folder);
    launched.settings.startupTimeout = Duration.ofSeconds(60);
    launched.settings.restartWait = Duration.ofSeconds(60);
  }

  @AfterEach
  void end() {
    launched.close();
    if (http != null) {
      http.close();
    }
  }

  private void start(OddHttp.Answering answering) {
    http = new OddHttp(answering);
    start(Transport.Protocol.STREAMABLE_HTTP);
  }

  private void start(Transport.Protocol protocol) {
    launched.start(
        launched.definition(new Transport.Remote(protocol, http.url(), Map.of("X-Key", "k-1"))));
  }

  private JsonNode called() {
    return Await.result(launched.call());
  }

  /** A program that answers as usual, each answer put through the shell's {@code say}. */
  private static String program(String say) {
    return "say() { "
        + say
        + "; }; while read -r x; do case $x in *'\"id\":'*) "
        + "id=${x##*'\"id\":'}; id=${id%%\\}*}; case $x in "
        + "*initialize*) r='{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}}}';; "
        + "*tools/list*) r='{\"tools\":[{\"name\":\"a\"}]}';; "
        + "*) r='{\"n\":5}';; esac; say \"$id\" \"$r\";; esac; done";
  }

  static Stream<Arguments> spellings() {
    String signed = "$(( ($1 + 2147483648) % 4294967296 - 2147483648 ))";
    return Stream.of(
        Arguments.of(signed, (Function<String, String>) id -> "" + (int) Long.parseLong(id)),
        Arguments.of("\\\"$1\\\"", (Function<String, String>) id -> "\"" + id + "\""),
        Arguments.of("$1.0", (Function<String, String>) id -> id + ".0"),
        Arguments.of("${1}e0", (Function<String, String>) id -> id + "e0"),
        Arguments.of("${1}0E-1", (Function<String, String>) id -> id + "0E-1"),
        Arguments.of("\\\"$1.0\\\"", (Function<String, String>) id -> "\"" + id + ".0\""),
        Arguments.of("\\\" $1\\\"", (Function<String, String>) id -> "\" " + id + "\""));
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void everySpellingOfAnIdIsTheId(String inShell, Function<String, String> spelled) {
    launched.start(
        program(
            "echo \"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":" + inShell + ",\\\"result\\\":$2}\""));
    launched.await(UpstreamState.Ready.class);

    assertEquals(5, called().path("n").asInt());

    launched.close();
    launched = new Launched(folder);
    start(
        (exchange, request, usual) -> {
          if (usual == null) {
            OddHttp.plainly(exchange, request, null);
          } else {
            String id = spelled.apply(request.path("id").asText());
            String result = usual.get("result").toString();
            OddHttp.send(
                exchange, 200, "application/json", "{\"id\":" + id + ",\"result\":" + result + "}");
          }
        });
    launched.await(UpstreamState.Ready.class);
    assertEquals(5, called().path("n").asInt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":ID,\"method\":null,\"params\":null,\"result\":RESULT}",
        "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":null,\"result\":RESULT}",
        "{\"id\":ID,\"result\":RESULT}",
        "{\"jsonrpc\":null,\"id\":ID,\"result\":RESULT,\"_meta\":null}",
        "{\"jsonrpc\":\"1.0\",\"id\":ID,\"result\":RESULT}",
        MARK + "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":RESULT}",
        MARK + "  {\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":RESULT}  ",
        "[{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":RESULT}]",
        "[null,{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":RESULT}]",
        "{\"jsonrpc\":\"2.0\",\"id\":ID,\"method\":\"\",\"params\":{},\"result\":RESULT}",
        "{\"jsonrpc\":\"2.0\",\"id\":ID,\"method\":\"tools/call\",\"result\":RESULT}",
        "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":0,\"message\":\"\"},\"result\":RESULT}",
        "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{},\"result\":RESULT}",
        "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":false,\"result\":RESULT}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"m\"} {\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":RESULT}",
        "{\"level\":\"info\"}{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":RESULT}",
      })
  void everyFormOfAMessageIsUnderstood(String form) {
    String inShell = form.replace("\"", "\\\"").replace("ID", "$1").replace("RESULT", "$2");
    launched.start(program("echo \"" + inShell + "\""));
    launched.await(UpstreamState.Ready.class);
    assertEquals(5, called().path("n").asInt());

    launched.close();
    launched = new Launched(folder);
    start(
        answering(
            (exchange, usual) ->
                OddHttp.send(exchange, 200, "application/json", filled(form, usual))));
    launched.await(UpstreamState.Ready.class);
    assertEquals(5, called().path("n").asInt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"result\":RESULT}",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":RESULT}"
      })
  void anHttpAnswerNeedsNoId(String form) {
    start(
        answering(
            (exchange, usual) ->
                OddHttp.send(exchange, 200, "application/json", filled(form, usual))));
    launched.await(UpstreamState.Ready.class);

    assertEquals(5, called().path("n").asInt());
  }

  /** Each answer asks for another message, and that message's answer for the next. */
  @Test
  void aRequestInTheAnswerToAnAnswerIsNotAnswered() {
    String ping = "data: {\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}\n\n";
    start(
        (exchange, request, usual) -> {
          String answer = usual == null ? "" : "data: " + usual + "\n\n";
          OddHttp.send(exchange, 200, "text/event-stream", ping + answer);
        });
    launched.await(UpstreamState.Ready.class);
    called();

    int before = http.asked.size();
    called();

    assertTrue(http.asked.size() <= before + 3, http.asked.toString());
  }

  @Test
  void anAnswerThatIsNotEndedByItsServerHoldsNoConnection() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger held = new AtomicInteger();
    start(
        (exchange, request, usual) -> {
          if (request.path("method").asText().equals("notifications/cancelled")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            held.incrementAndGet();
            await(over);
            held.decrementAndGet();
          } else if (usual != null && usual.path("result").has("n")) {
            await(over);
          } else {
            OddHttp.plainly(exchange, request, usual);
          }
        });
    launched.await(UpstreamState.Ready.class);
    launched.call().cancel(true);
    Await.until("the server is told", () -> held.get() == 1);

    launched.upstream.stop("The test is over.", Duration.ZERO);
    Await.until("the connection is closed", () -> Client.open(http.url()) == 0);
    over.countDown();
  }

  @Test
  void whatIsSkippedIsShownWithoutSecrets() {
    try (CapturedLog log = new CapturedLog()) {
      http =
          new OddHttp(
              answering(
                  (exchange, usual) ->
                      OddHttp.send(
                          exchange,
                          200,
                          "text/event-stream",
                          "data: token=s3cret-key-7\n\ndata: " + usual + "\n\n")));
      launched.start(
          launched.definition(
              new Transport.Remote(
                  Transport.Protocol.STREAMABLE_HTTP, http.url(), Map.of("X-Key", "k-1")),
              Set.of("s3cret-key-7")));
      launched.await(UpstreamState.Ready.class);

      assertEquals(1, log.with("is skipped").size());
      assertTrue(log.with("s3cret-key-7").isEmpty());
    }
  }

  private static String filled(String form, ObjectNode usual) {
    return form.replace("ID", usual.get("id").toString())
        .replace("RESULT", usual.get("result").toString());
  }

  private interface Sending {
    void send(HttpExchange exchange, ObjectNode usual) throws IOException;
  }

  /** Requests are answered in this way, the rest is as usual. */
  private static OddHttp.Answering answering(Sending sending) {
    return (exchange, request, usual) -> {
      if (usual == null) {
        OddHttp.plainly(exchange, request, null);
      } else {
        sending.send(exchange, usual);
      }
    };
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, MESSAGE",
        "text/plain, MESSAGE",
        "'', MESSAGE",
        "application/octet-stream, MESSAGE",
        "application/vnd.mcp+json; charset=utf-8, MESSAGE",
        "text/event-stream, MESSAGE",
        "APPLICATION/JSON, MESSAGE",
        "none, 'data: MESSAGE\n\n'",
        "application/json, 'event: message\ndata: MESSAGE\n\n'",
        "Text/Event-Stream;charset=utf-8, 'data:MESSAGE\n\n'",
        "text/event-stream, 'data: ping\n\ndata: MESSAGE\n\n'",
        "text/event-stream, 'event: ping\ndata: 2026-11-30\n\nevent: message\ndata: MESSAGE\n\n'",
        "text/event-stream, ': hello\n\ndata: {\"type\":\"ping\"}\n\ndata: MESSAGE\n\n'",
        "text/event-stream, 'data: {broken\n\ndata: MESSAGE\n\n'",
        "text/event-stream, 'data: []\n\ndata: 42\n\ndata:\n\ndata: MESSAGE\n\n'",
        "text/event-stream, 'id: 7\nretry: 10\nevent: anything\ndata: MESSAGE\n\n'",
        "text/event-stream, 'data: MESSAGE\r\n\r\n'",
        "text/event-stream, 'data: MESSAGE\r\r'",
        "text/event-stream, 'data: MESSAGE\n'",
        "text/event-stream, 'data: MESSAGE'",
        "text/event-stream, '" + MARK + "data: MESSAGE\n\n'",
      })
  void everyFormOfAnHttpAnswerIsUnderstood(String type, String body) {
    start(
        answering(
            (exchange, usual) ->
                OddHttp.send(
                    exchange,
                    200,
                    type,
                    body.replace("\\n", "\n")
                        .replace("\\r", "\r")
                        .replace("MESSAGE", usual.toString()))));
    launched.await(UpstreamState.Ready.class);

    assertEquals(5, called().path("n").asInt());
  }

  /** Speaks the older dialect: what it says comes on the stream that one GET has opened. */
  private static final class Streaming implements OddHttp.Answering {
    private final Coding coding;
    private final String contentEncoding;
    private final CompletableFuture<OutputStream> stream = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);

    Streaming(String contentEncoding, Coding coding) {
      this.contentEncoding = contentEncoding;
      this.coding = coding;
    }

    @Override
    public void answer(HttpExchange exchange, JsonNode request, ObjectNode usual)
        throws IOException {
      if (exchange.getRequestMethod().equals("GET")) {
        if (contentEncoding != null) {
          exchange.getResponseHeaders().set("Content-Encoding", contentEncoding);
        }
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = coding.over(exchange.getResponseBody());
        say(out, "data: ping\n\nevent: endpoint\ndata: /messages?x=1\n\n");
        stream.complete(out);
        await(over);
      } else {
        OddHttp.send(exchange, 202, "text/plain", "Accepted");
        if (usual != null) {
          say(
              Await.result(stream),
              "event: ping\ndata: {\"a\":1}\n\ndata: {broken\n\ndata: " + usual + "\n\n");
        }
      }
    }

    private static void say(OutputStream out, String text) throws IOException {
      synchronized (out) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gzip", "deflate"})
  void theOlderDialectIsUnderstoodInEveryForm(String coding) {
    Coding over =
        switch (coding) {
          case "gzip" -> out -> new GZIPOutputStream(out, true);
          case "deflate" -> out -> new DeflaterOutputStream(out, true);
          default -> out -> out;
        };
    Streaming server = new Streaming(coding.isEmpty() ? null : coding, over);
    http = new OddHttp(server);
    start(Transport.Protocol.SSE);
    launched.await(UpstreamState.Ready.class);

    assertEquals(5, called().path("n").asInt());
    server.over.countDown();
  }

  @Test
  void whatIsNoMessageIsSkippedOnTheOpenStreamToo() {
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger lists = new AtomicInteger();
    start(
        (exchange, request, usual) -> {
          if (exchange.getRequestMethod().equals("GET")) {
            String changed = "{\"method\":\"notifications/tools/list_changed\"}";
            exchange.sendResponseHeaders(200, 0);
            Streaming.say(
                exchange.getResponseBody(),
                "data: ping\n\nevent: heartbeat\ndata: 5\n\ndata: " + changed + "\n\n");
            await(over);
          } else {
            if (request.path("method").asText().equals("tools/list")
                && lists.incrementAndGet() > 1) {
              usual.withObject("result").withArray("tools").addObject().put("name", "b");
            }
            OddHttp.plainly(exchange, request, usual);
          }
        });

    Await.until("the new tool is known", () -> launched.upstream.tools().size() == 2);
    over.countDown();
  }

  private interface Coding {
    OutputStream over(OutputStream out) throws IOException;
  }

  private static byte[] coded(String text, Coding coding) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = coding.over(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  static Stream<Arguments> codings() {
    Coding raw = out -> new DeflaterOutputStream(out, new Deflater(9, true));
    Coding brotli =
        out -> {
          Brotli4jLoader.ensureAvailability();
          return new com.aayushatharva.brotli4j.encoder.BrotliOutputStream(
              out, new Encoder.Parameters());
        };
    return Stream.of(
        Arguments.of("gzip", (Coding) GZIPOutputStream::new),
        Arguments.of("GZIP", (Coding) GZIPOutputStream::new),
        Arguments.of("x-gzip", (Coding) GZIPOutputStream::new),
        Arguments.of("deflate", (Coding) DeflaterOutputStream::new),
        Arguments.of("deflate", raw),
        Arguments.of("br", brotli),
        Arguments.of("identity", (Coding) out -> out));
  }

  @ParameterizedTest
  @MethodSource("codings")
  void everyContentEncodingIsDecoded(String name, Coding coding) {
    start(
        answering(
            (exchange, usual) -> {
              assertEquals("identity", exchange.getRequestHeaders().getFirst("Accept-Encoding"));
              exchange.getResponseHeaders().set("Content-Encoding", name);
              boolean json = usual.path("result").has("n");
              OddHttp.send(
                  exchange,
                  200,
                  json ? "application/json" : "text/event-stream",
                  coded(json ? usual.toString() : "data: " + usual + "\n\n", coding));
            }));
    launched.await(UpstreamState.Ready.class);

    assertEquals(5, called().path("n").asInt());
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void aRedirectToTheSameHostIsFollowedOnce(int status) {
    start(
        (exchange, request, usual) -> {
          if (exchange.getRequestURI().getPath().endsWith("/")) {
            assertEquals("k-1", exchange.getRequestHeaders().getFirst("X-Key"));
            OddHttp.plainly(exchange, request, usual);
          } else {
            exchange.getResponseHeaders().set("Location", "/mcp/");
            OddHttp.send(exchange, status, null, "");
          }
        });
    launched.await(UpstreamState.Ready.class);

    assertEquals(5, called().path("n").asInt());
    assertEquals(2, http.methods.stream().filter("initialize"::equals).count());
  }

  static Stream<Arguments> useless() {
    return Stream.of(
        useless(200, "text/html", "<html><title>Sign in</title>", "HTTP 200 with text/html"),
        useless(200, null, "Hello there, visitor", "HTTP 200 without a Content-Type"),
        useless(200, "application/json", "", "HTTP answer (200) ended without an answer"),
        useless(202, null, "", "HTTP answer (202) ended without an answer"),
        useless(204, null, "", "HTTP answer (204) ended without an answer"),
        useless(200, "application/json", "{\"ok\":true}", "ended without an answer"),
        useless(200, "application/json", "{broken", "cannot be read"),
        useless(200, "text/event-stream", "data: ping\n\n", "ended without an answer"),
        useless(200, "text/event-stream", ": nothing\n\n", "ended without an answer"),
        useless(500, "text/plain", "out of order", "HTTP 500. It said: out of order."),
        useless(500, "application/json", "{\"error\":\"boom\"}", "HTTP 500. It said: boom."),
        useless(503, "text/html", "<html>busy</html>", "The server answered HTTP 503."),
        useless(
            404, "application/json", "{\"detail\":\"Not Found\"}", "HTTP 404. It said: Not Found."),
        useless(401, "text/plain", "no", "refused our credentials (HTTP 401). It said: no."),
        useless(
            400,
            "application/json",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"odd\"}}",
            "odd"));
  }

  private static Arguments useless(int status, String type, String body, String reason) {
    return Arguments.of(status, type, body, reason);
  }

  @ParameterizedTest
  @MethodSource("useless")
  void anAnswerThatIsNoneIsToldAtOnce(int status, String type, String body, String reason) {
    start(answering((exchange, usual) -> OddHttp.send(exchange, status, type, body)));

    String why = launched.await(UpstreamState.Failed.class).reason();

    assertTrue(why.contains(reason), why);
  }

  @ParameterizedTest
  @CsvSource({
    "307, http://127.0.0.1:9/mcp/, http://127.0.0.1:9/mcp/",
    "308, https://example.org/mcp?key=s3cret, https://example.org/mcp",
    "302, /mcp/, /mcp/",
    "301, /elsewhere, /elsewhere"
  })
  void aRedirectThatIsNotFollowedSaysWhereTo(int status, String location, String shown) {
    start(
        answering(
            (exchange, usual) -> {
              exchange.getResponseHeaders().set("Location", location);
              OddHttp.send(exchange, status, null, "");
            }));

    String why = launched.await(UpstreamState.Failed.class).reason();

    assertTrue(why.contains(shown) && why.contains("HTTP " + status), why);
    assertTrue(!why.contains("s3cret"), why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "compress", "gzip, gzip", "aes128gcm"})
  void aContentEncodingThatCannotBeDecodedIsNamed(String coding) {
    start(
        answering(
            (exchange, usual) -> {
              exchange.getResponseHeaders().set("Content-Encoding", coding);
              OddHttp.send(exchange, 200, "application/json", "(compressed)");
            }));

    String why = launched.await(UpstreamState.Failed.class).reason();

    assertTrue(why.contains("Content-Encoding") && why.contains(coding), why);
  }

  @Test
  void whatIsNotReallyEncodedIsToldSo() {
    start(
        answering(
            (exchange, usual) -> {
              exchange.getResponseHeaders().set("Content-Encoding", "gzip");
              OddHttp.send(exchange, 200, "application/json", usual.toString());
            }));

    String why = launched.await(UpstreamState.Failed.class).reason();

    assertTrue(why.contains("Content-Encoding"), why);
  }

  static Stream<Arguments> refusals() {
    String rpc = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"%s\"}}";
    String own = "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":-32001,\"message\":\"%s\"}}";
    return Stream.of(
        Arguments.of(401, "Unauthorized: Session not found"),
        Arguments.of(401, ""),
        Arguments.of(403, "Forbidden"),
        Arguments.of(404, ""),
        Arguments.of(404, rpc.formatted("Session not found")),
        Arguments.of(410, "Gone"),
        Arguments.of(400, rpc.formatted("Bad Request: No valid session ID provided")),
        Arguments.of(400, rpc.formatted("Bad Request: Server not initialized")),
        Arguments.of(400, "Invalid or missing session ID"),
        Arguments.of(400, "{\"error\":\"session expired\"}"),
        Arguments.of(422, "{\"detail\":\"Unknown session\"}"),
        Arguments.of(500, "{\"error\":{\"message\":\"Session does not exist\"}}"),
        Arguments.of(400, ""),
        Arguments.of(409, ""),
        Arguments.of(419, "Page Expired"),
        Arguments.of(440, "{\"code\":\"SESSION_NOT_FOUND\"}"),
        Arguments.of(302, ""),
        Arguments.of(500, "{\"message\":\"Bad Request\",\"error\":\"Session expired\"}"),
        Arguments.of(500, "{\"detail\":[{\"msg\":\"mcp_session_id is unknown\"}]}"),
        Arguments.of(500, "{\"errors\":[{\"message\":\"Unknown mcpSessionId\"}]}"),
        Arguments.of(500, "SSE connection not established"),
        Arguments.of(200, "Session not found"),
        Arguments.of(200, "{\"error\":\"Session not found\"}"),
        Arguments.of(200, own.replace("-32001", "-32603").formatted("Session not found")),
        Arguments.of(
            200, own.replace("-32001", "\"SESSION_EXPIRED\"").formatted("Session expired")),
        Arguments.of(200, "{\"id\":ID,\"error\":\"Session not found\"}"),
        Arguments.of(200, own.formatted("Session not found")),
        Arguments.of(200, own.formatted("Invalid session")));
  }

  /** Knows one session at a time, and none after it is told to forget. */
  private final class Forgetful implements OddHttp.Answering {
    private final int status;
    private final String body;
    private volatile String known = "";
    private volatile int sessions;

    Forgetful(int status, String body) {
      this.status = status;
      this.body = body;
    }

    @Override
    public void answer(HttpExchange exchange, JsonNode request, ObjectNode usual)
        throws IOException {
      if (request.path("method").asText().equals("initialize")) {
        sessions++;
        known = "session-" + sessions;
        exchange.getResponseHeaders().set("Mcp-Session-Id", known);
      } else if (!known.equals(exchange.getRequestHeaders().getFirst("Mcp-Session-Id"))) {
        OddHttp.send(exchange, status, null, body.replace("ID", "" + request.path("id")));
        return;
      }
      OddHttp.plainly(exchange, request, usual);
    }
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aSessionThatIsForgottenIsBegunAnewForTheCall(int status, String body) {
    Forgetful server = new Forgetful(status, body);
    start(server);
    launched.await(UpstreamState.Ready.class);

    server.known = "none";
    assertEquals(5, called().path("n").asInt());
    server.known = "none";
    assertEquals(5, called().path("n").asInt());

    assertEquals(3, server.sessions);
    launched.await(UpstreamState.Ready.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void aServerThatRefusesAllCallsIsNotReadyUntilItAnswersOne(int status) {
    start(
        answering(
            (exchange, usual) -> {
              boolean call = usual.path("result").has("n");
              OddHttp.send(
                  exchange, call ? status : 200, null, call ? "Not you" : usual.toString());
            }));
    launched.await(UpstreamState.Ready.class);

    ProblemException refused = Peer.problem(launched.call());
    launched.later(Duration.ZERO);

    assertEquals(Problem.UPSTREAM_INVALID, refused.problem());
    assertTrue(refused.detail().contains("HTTP " + status), refused.detail());
    assertTrue(refused.detail().contains("Not you"), refused.detail());
    UpstreamState.Degraded degraded = launched.await(UpstreamState.Degraded.class);
    assertEquals(Downfall.REFUSING, degraded.downfall());
    assertEquals(2, http.methods.stream().filter("initialize"::equals).count());
    Peer.problem(launched.call());
    assertEquals(2, http.methods.stream().filter("initialize"::equals).count());

    http.become(OddHttp::plainly);
    assertEquals(5, called().path("n").asInt());
    launched.later(Duration.ZERO);
    launched.await(UpstreamState.Ready.class);
  }

  @Test
  void whenTheGreetingIsRefusedTooItIsAboutCredentials() {
    launched.settings.restartWait = Duration.ofSeconds(1);
    start(OddHttp::plainly);
    launched.await(UpstreamState.Ready.class);
    http.become((exchange, request, usual) -> OddHttp.send(exchange, 401, null, "expired token"));

    assertEquals(Problem.UPSTREAM_UNAVAILABLE, Peer.problem(launched.call()).problem());

    UpstreamState.Failed failed = launched.await(UpstreamState.Failed.class);
    assertEquals(Downfall.REFUSED_CREDENTIALS, failed.downfall());
  }

  /** Holds a call until another one has been refused. */
  @Test
  void whatIsBeingAnsweredIsNotLostWhenAnotherCallIsRefused() {
    CountDownLatch refusedOne = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    start(
        (exchange, request, usual) -> {
          String tool = request.at("/params/name").asText();
          if (tool.equals("slow")) {
            held.countDown();
            await(refusedOne);
          }
          if (tool.equals("forbidden")) {
            OddHttp.send(exchange, 403, null, "not for you");
          } else {
            OddHttp.plainly(exchange, request, usual);
          }
        });
    launched.await(UpstreamState.Ready.class);
    called();
    var slow = launched.call("slow", false, Told.NOBODY, Optional.empty());
    await(held);

    ProblemException refused =
        Peer.problem(launched.call("forbidden", false, Told.NOBODY, Optional.empty()));
    refusedOne.countDown();

    assertEquals(Problem.UPSTREAM_INVALID, refused.problem());
    assertEquals(5, Await.result(slow).path("n").asInt());
    assertEquals(5, called().path("n").asInt());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-32602, INVALID_ARGUMENTS, odd",
    "-32603, TOOL_FAILED, odd",
    "-32000, UPSTREAM_INVALID, The server answered HTTP 400. It said: odd."
  })
  void anErrorOfJsonRpcCountsWhateverItsStatus(int code, Problem problem, String detail) {
    start(
        (exchange, request, usual) -> {
          boolean call = request.path("method").asText().equals("tools/call");
          String error =
              "{\"jsonrpc\":\"2.0\",\"id\":"
                  + request.path("id")
                  + ",\"error\":{\"code\":"
                  + code
                  + ",\"message\":\"odd\"}}";
          if (call) {
            OddHttp.send(exchange, 400, "application/json", error);
          } else {
            OddHttp.plainly(exchange, request, usual);
          }
        });
    launched.await(UpstreamState.Ready.class);

    ProblemException refused = Peer.problem(launched.call());

    assertEquals(problem, refused.problem());
    assertEquals(detail, refused.detail());
  }

  /** As a server may that keeps no connection open for long; it has numbered its events. */
  @Test
  void aStreamThatEndsBeforeTheAnswerIsAskedForAgain() {
    start(
        (exchange, request, usual) -> {
          boolean call = usual != null && usual.path("result").has("n");
          String from = exchange.getRequestHeaders().getFirst("Last-Event-ID");
          if (call) {
            OddHttp.send(exchange, 200, "text/event-stream", "id: 41\nretry: 5\ndata:\n\n");
            held = usual;
          } else if ("41".equals(from)) {
            OddHttp.send(exchange, 200, "text/event-stream", "id: 42\ndata: " + held + "\n\n");
          } else {
            OddHttp.plainly(exchange, request, usual);
          }
        });
    launched.await(UpstreamState.Ready.class);

    assertEquals(5, called().path("n").asInt());
  }

  private volatile ObjectNode held;

  @ParameterizedTest
  @CsvSource({"200, ''", "202, ''", "200, 'data: ping\n\n'"})
  void aCallWhoseHttpAnswerEndsWithoutAnswerEndsToo(int status, String body) {
    start(
        answering(
            (exchange, usual) -> {
              boolean call = usual.path("result").has("n");
              String text = call ? body.replace("\\n", "\n") : usual.toString();
              OddHttp.send(exchange, call ? status : 200, null, text);
            }));
    launched.await(UpstreamState.Ready.class);

    assertEquals(Problem.OUTCOME_UNKNOWN, Peer.problem(launched.call()).problem());
  }
}
