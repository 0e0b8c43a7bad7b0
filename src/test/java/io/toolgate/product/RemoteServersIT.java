package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import io.toolgate.scripted.ScriptedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers reached over HTTP, in both dialects and with every way to refuse. */
class RemoteServersIT {
  private static final String TOKEN = "Bearer right-token-1";
  @TempDir private static Path folder;
  private static final List<ScriptedProcess> RUNNING = new ArrayList<>();
  private static final Map<String, ScriptedProcess> BY_NAME = new LinkedHashMap<>();
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    Scripted streamable = Scripted.streamable().withoutOddTools();
    Scripted sse = Scripted.sse().withoutOddTools();
    Map<String, Definition> servers = new LinkedHashMap<>();
    add(servers, "json", streamable);
    add(servers, "events", streamable.answersWithEvents());
    add(servers, "stateless", streamable.stateless());
    add(servers, "listening", streamable.getStream());
    add(servers, "old", sse);
    servers.put("told_sse", servers.get("old").with("type", "sse"));
    servers.put("told_http", servers.get("json").with("type", "streamable-http"));
    add(servers, "sse404", sse.refuse(404));
    add(servers, "sse400", sse.refuse(400));
    add(servers, "sse405", sse.refuse(405));
    add(servers, "locked", streamable.requireHeader("Authorization", TOKEN));
    servers.put("wrong", with(servers.get("locked"), "Bearer wrong-token-2"));
    servers.put("locked", with(servers.get("locked"), TOKEN));
    add(servers, "moved", streamable.redirect());
    add(servers, "thief", streamable.record(folder.resolve("thief")));
    add(servers, "elsewhere", streamable.redirect(BY_NAME.get("thief").url().toString()));
    servers.put("elsewhere", with(servers.get("elsewhere"), TOKEN));
    add(servers, "misleading", sse.endpoint(BY_NAME.get("thief").url().toString()));
    servers.put("misleading", with(servers.get("misleading"), TOKEN).with("startupTimeout", "2s"));
    servers.remove("thief");
    add(servers, "mortal", streamable);
    add(servers, "mortal_events", streamable.answersWithEvents());
    add(servers, "mortal_sse", sse);
    add(servers, "cut_sse", sse);
    add(servers, "noisy", streamable.answersWithEvents());
    servers.put("noisy", servers.get("noisy").with("timeout", 1));
    add(servers, "noisy_sse", sse);
    add(servers, "large", streamable.heap("600m"));
    add(servers, "silent", streamable.noAnswerTo("initialize"));
    servers.put("silent", servers.get("silent").with("startupTimeout", "1s"));
    servers.put("nobody", new Definition(Map.of("url", "http://127.0.0.1:9/mcp")));
    servers.put("impatient", servers.get("json").with("timeout", 1));
    servers.put("impatient_sse", servers.get("old").with("timeout", 1));
    product = Product.serving(servers);
  }

  private static void add(Map<String, Definition> servers, String name, Scripted scripted)
      throws IOException {
    ScriptedProcess running = scripted.start();
    RUNNING.add(running);
    BY_NAME.put(name, running);
    servers.put(name, Definition.of(running));
  }

  private static Definition with(Definition definition, String authorization) {
    return definition.with("headers", Map.of("Authorization", authorization));
  }

  @AfterAll
  static void stop() {
    RUNNING.forEach(ScriptedProcess::close);
    product.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "json",
        "events",
        "stateless",
        "listening",
        "old",
        "told_sse",
        "told_http",
        "sse404",
        "sse400",
        "sse405",
        "moved",
        "locked"
      })
  void aServerIsReachedInItsDialect(String server) {
    product.awaitReady(server);

    Answer answer = product.post("/" + server + "/echo", "{\"message\":\"ä名😀\"}");

    assertEquals("ä名😀", answer.json().asText());
    answer.ok();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "events", "old"})
  void numbersKeepTheirValue(String server) {
    product.awaitReady(server);
    String numbers = "{\"a\":1.0,\"b\":12345678901234567890,\"c\":0.10}";

    Answer answer = product.post("/" + server + "/arguments", numbers);

    assertEquals(numbers, answer.ok());
  }

  @Test
  void theHeadersOfTheDefinitionAreSent() {
    product.awaitReady("locked");

    JsonNode headers = product.post("/locked/headers", "{}").json();

    assertEquals(TOKEN, headers.path("authorization").asText());
    assertEquals("2025-11-25", headers.path("mcp-protocol-version").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "wrong, 'refused our credentials (HTTP 401)'",
    "elsewhere, 'HTTP 307, and points to http://127.0.0.1:'",
    "nobody, cannot be reached",
    "silent, not ready within 1.0 s"
  })
  void oneThatCannotBeUsedSaysWhy(String server, String reason) {
    JsonNode entry = product.awaitStatus(server, "failed");

    assertTrue(entry.path("reason").asText().contains(reason), entry.toString());
    assertFalse(entry.toString().contains("token"), entry.toString());
  }

  @Test
  void credentialsNeverGoWhereAServerPoints() {
    product.awaitStatus("elsewhere", "failed");
    product.awaitStatus("misleading", "failed");

    assertFalse(Files.exists(folder.resolve("thief")));
    assertFalse(String.join("\n", product.log()).contains("right-token-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"impatient", "impatient_sse"})
  void aCallThatIsNotAnsweredIs504AndCancelledUpstream(String server) {
    product.awaitReady(server);

    Answer answer = product.post("/" + server + "/never", "{}");

    answer.refused(504, "upstream-timeout");
    product.await(
        "the server is told",
        () -> product.post("/" + server + "/cancelled", "{}").json().size() == 1);
  }

  @Test
  void aForgottenSessionIsOpenedAgainForTheNextCall() {
    product.awaitReady("json");
    product.post("/json/forget_sessions", "{}").ok();

    product.post("/json/echo", "{\"message\":\"m\"}").ok();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mortal", "mortal_events", "mortal_sse"})
  void aServerThatDiesDuringACallLeavesItsOutcomeUnknown(String server) {
    product.awaitReady(server);

    Answer answer = product.post("/" + server + "/crash", "{}");

    answer.refused(503, "outcome-unknown");
    assertFalse(answer.header("Retry-After").isPresent());
    Answer next = product.post("/" + server + "/echo", "{\"message\":\"m\"}");
    next.refused(503, "upstream-unavailable");
    product.awaitStatus(server, "failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"noisy", "noisy_sse"})
  void garbageInAStreamIsSkipped(String server) {
    product.awaitReady(server);

    Answer answer = product.post("/" + server + "/garbage_then_answer", "{}");

    answer.ok();
    product.post("/" + server + "/echo", "{\"message\":\"m\"}").ok();
  }

  @Test
  void aStreamThatTheServerEndsIsOpenedAgain() {
    product.awaitReady("cut_sse");

    Answer answer = product.post("/cut_sse/hang_up", "{}");

    answer.refused(503, "outcome-unknown");
    product.await(
        "the next call works",
        () -> product.post("/cut_sse/echo", "{\"message\":\"m\"}").status() == 200);
  }

  @Test
  void anAnswerOver64MbIs502() {
    product.awaitReady("large");

    Answer answer = product.post("/large/big", "{\"bytes\":68000000}");

    answer.refused(502, "upstream-invalid");
    assertEquals("\"m\"", product.post("/large/echo", "{\"message\":\"m\"}").ok());
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "events", "old"})
  void manyCallsAtOnceGetTheirOwnAnswers(String server) {
    product.awaitReady(server);
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, 60)
            .mapToObj(
                i -> product.postLater("/" + server + "/slow", "{\"ms\":" + (300 - 5 * i) + "}"))
            .toList();

    for (int i = 0; i < calls.size(); i++) {
      assertEquals("\"answered after " + (300 - 5 * i) + " ms\"", calls.get(i).join().ok());
    }
  }

  @Test
  void aChangeOfToolsIsHeardOnTheStream() {
    product.awaitReady("listening");

    product.post("/listening/change_tools", "{}").ok();

    product.await(
        "the new tool answers", () -> product.post("/listening/added", "{}").status() == 200);
  }
}
