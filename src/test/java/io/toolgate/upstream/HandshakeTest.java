package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private static final String TOOLS = "\"capabilities\":{\"tools\":{}}";

  private final Peer peer =
      new Peer().answers("tools/list", params -> "{\"tools\":[{\"name\":\"a\"}]}");

  private CompletableFuture<Handshake> perform() {
    return Handshake.perform("s", peer.session, "1.2.3", Duration.ofMinutes(1));
  }

  private static String initialized(String revision, String more) {
    return "{\"protocolVersion\":\"" + revision + "\"," + more + "}";
  }

  private List<String> methods() {
    return peer.sent.stream().map(message -> message.get("method").textValue()).toList();
  }

  @Test
  void greetsThenConfirmsThenListsTheTools() {
    peer.answers("initialize", params -> initialized("2025-11-25", TOOLS));

    Handshake handshake = perform().join();

    assertEquals(List.of("initialize", "notifications/initialized", "tools/list"), methods());
    assertEquals(List.of("a"), handshake.tools().stream().map(McpTool::name).toList());
  }

  @Test
  void saysWhoIsAskingAndTheNewestRevision() {
    perform();

    JsonNode params = peer.lastSent().get("params");
    assertEquals(
        Peer.json(
            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                + "\"clientInfo\":{\"name\":\"toolgate\",\"version\":\"1.2.3\"}}"),
        params);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-10-07",
        "2024-11-05",
        "2025-03-26",
        "2025-06-18",
        "2025-11-25",
        "2025-01-01"
      })
  void speaksTheRevisionTheServerChose(String revision) {
    peer.answers("initialize", params -> initialized(revision, TOOLS));

    perform().join();

    assertEquals(revision, peer.revision());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "DRAFT-2025-v2", "1.0", "2024/11/05"})
  void speaksTheOneThatIsMeantWithoutOneWhereTheServerNamesNone(String revision) {
    peer.answers("initialize", params -> initialized(revision, TOOLS));

    perform().join();

    assertEquals("2025-03-26", peer.revision());
  }

  @Test
  void refusesARevisionOfTheFuture() {
    peer.answers("initialize", params -> initialized("2099-01-01", TOOLS));

    CompletableFuture<Handshake> handshake = perform();

    assertEquals(Problem.UPSTREAM_INVALID, Peer.problem(handshake).problem());
    assertTrue(Peer.problem(handshake).detail().contains("\"2099-01-01\""));
    assertEquals(List.of("initialize"), methods());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"capabilities\":{\"prompts\":{}}", "\"capabilities\":null", "\"a\":1"})
  void findsToolsThatAreNotDeclared(String more) {
    peer.answers("initialize", params -> initialized("2025-11-25", more));

    assertEquals("a", perform().join().tools().get(0).name());
  }

  @Test
  void keepsTheServersInstructions() {
    peer.answers(
        "initialize",
        params -> initialized("2025-11-25", "\"capabilities\":{},\"instructions\":\"Be kind.\""));

    assertEquals(Optional.of("Be kind."), perform().join().instructions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\" \"", "null", "{}"})
  void countsBlankInstructionsAsNone(String instructions) {
    peer.answers(
        "initialize",
        params ->
            initialized("2025-11-25", "\"capabilities\":{},\"instructions\":" + instructions));

    assertEquals(Optional.empty(), perform().join().instructions());
  }
}
