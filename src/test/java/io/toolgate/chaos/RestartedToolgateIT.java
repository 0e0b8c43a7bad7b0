package io.toolgate.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.product.Answer;
import io.toolgate.product.Definition;
import io.toolgate.product.NpmServer;
import io.toolgate.product.Product;
import io.toolgate.product.Requires;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Toolgate that was killed and started again where it was, with servers that start late, servers
 * that start on demand, and servers of which each user has one of their own.
 */
class RestartedToolgateIT {
  private static final String KEY = "a-key-for-users-0123456789";
  private static final String MACHINE = "a-key-for-machines-0123456789";
  private static final List<String> SERVERS = List.of("late", "on-demand", "own", "chatty");

  /** Of the time that a document may be incomplete; the machine may be busy. */
  @TempDir private static Path folder;

  private static Product product;
  private static List<ProcessHandle> before;
  private static boolean startedBeforeACall;
  private static String statusOfLate;

  private static Definition marked(String mark) {
    return Definition.of(Scripted.stdio().withoutOddTools().instructions(mark));
  }

  @BeforeAll
  static void startAndKillAndStart() throws IOException {
    Path sign = Files.createFile(folder.resolve("late-may-start"));
    Map<String, Object> servers = new LinkedHashMap<>();
    servers.put("late", Definition.of(Scripted.stdio().withoutOddTools().startedBy(sign)));
    servers.put("on-demand", marked("mark-on-demand").with("start", "on-demand"));
    servers.put("own", marked("mark-own").with("session", "user"));
    servers.put("chatty", marked("mark-chatty").with("session", "chat"));
    Map<String, Object> notebook = new LinkedHashMap<>(NpmServer.MEMORY.stdio());
    notebook.put("env", Map.of("MEMORY_FILE_PATH", folder + "/of-${user.id}.jsonl"));
    notebook.put("session", "user");
    servers.put("notebook", notebook);
    Map<String, String> environment =
        Map.of(
            "MCP_API_KEY",
            KEY,
            "MCP_API_KEYS",
            "[{\"name\":\"machine\",\"key\":\"" + MACHINE + "\",\"groups\":[\"All\"]}]",
            "REQUIRE_USER",
            "false",
            "RESTART_WAIT",
            "2s");
    Product first = Product.serving(servers, environment);
    SERVERS.forEach(
        server ->
            first.sql().run("INSERT INTO group_tenant_mapping VALUES ('All','" + server + "')"));
    first
        .sql()
        .run(
            "INSERT INTO group_tenant_mapping VALUES ('All','notebook')",
            "INSERT INTO user_group_membership VALUES ('ann@example.org','All'),('bob@example.org','All')");
    first.await(
        "all tools are learned",
        () -> first.sql().run("SELECT server_id FROM mcp_proxy.tool_lists").containsAll(SERVERS));
    before = first.process().descendants().toList();
    first.kill();
    Files.delete(sign);

    product = Product.servingAgain(first.folder(), servers, environment);

    product.await("the database answers", RestartedToolgateIT::databaseAnswers);
    product.await("the document is complete", RestartedToolgateIT::documentIsComplete);
    statusOfLate = product.proving(as("ann")).server("late").path("status").asText();
    Tree tree = new Tree(product);
    startedBeforeACall =
        Stream.of("mark-on-demand", "mark-own", "mark-chatty")
            .anyMatch(mark -> !tree.servers(mark).isEmpty());
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  private static boolean databaseAnswers() {
    return product.get("/health").json().path("database").asText().equals("ready");
  }

  private static boolean documentIsComplete() {
    Answer document = product.get("/openapi.json", as("ann"));
    return document.status() == 200
        && SERVERS.stream()
            .allMatch(server -> document.json().path("paths").has("/" + server + "/echo"));
  }

  private static String[] as(String name, String... more) {
    return Stream.concat(
            Stream.of(
                "Authorization", "Bearer " + KEY,
                "X-OpenWebUI-User-Email", name + "@example.org",
                "X-OpenWebUI-User-Id", name),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static String[] inChat(String name, String chat) {
    return as(name, "X-OpenWebUI-Chat-Id", chat);
  }

  private static String remember(String server, String text, String... headers) {
    return product.post("/" + server + "/remember", "{\"text\":\"" + text + "\"}", headers).ok();
  }

  private static String recall(String server, String... headers) {
    return product.post("/" + server + "/recall", "{}", headers).ok();
  }

  @Test
  void theDocumentIsCompleteBeforeTheServersHaveStarted() {
    assertEquals("starting", statusOfLate);
  }

  @Test
  void whatStartsOnDemandIsNotStartedToBeListed() {
    assertEquals(false, startedBeforeACall);

    assertEquals("\"m\"", product.post("/on-demand/echo", "{\"message\":\"m\"}", as("ann")).ok());
  }

  @Test
  void callsOfAServerThatStartsLateWaitForItAndThenAreToldToComeAgain() throws IOException {
    Answer early = product.post("/late/echo", "{\"message\":\"m\"}", as("ann"));
    CompletableFuture<Answer> waiting =
        product.postLater("/late/echo", "{\"message\":\"m\"}", as("ann"));
    Files.createFile(folder.resolve("late-may-start"));

    early.refused(503, "upstream-unavailable");
    assertTrue(early.header("Retry-After").isPresent());
    assertEquals("\"m\"", waiting.join().ok());
  }

  @Test
  void noChildOfTheKilledOneIsLeft() {
    product.await("all are gone", () -> before.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void usersDoNotSeeEachOthersMemory() {
    remember("own", "ann-was-here", as("ann"));
    remember("own", "bob-was-here", as("bob"));

    assertEquals("\"ann-was-here\"", recall("own", as("ann")));
    assertEquals("\"bob-was-here\"", recall("own", as("bob")));
  }

  @Test
  void aChatThatAnotherUserNamesIsNotTheSame() {
    remember("chatty", "secret-of-ann", inChat("ann", "chat-1"));

    assertEquals("[\"\"]", recall("chatty", inChat("bob", "chat-1")));
    assertEquals("[\"\"]", recall("chatty", inChat("ann", "chat-2")));
    assertEquals("\"secret-of-ann\"", recall("chatty", inChat("ann", "chat-1")));
  }

  @Test
  void aCallerWithoutUserIsRefusedWhereEachUserHasAnOwnServer() {
    String[] machine = {"Authorization", "Bearer " + MACHINE};

    assertEquals("\"m\"", product.post("/on-demand/echo", "{\"message\":\"m\"}", machine).ok());
    product.post("/own/recall", "{}", machine).refused(403, "not-granted");
    product
        .post(
            "/chatty/recall",
            "{}",
            "Authorization",
            "Bearer " + MACHINE,
            "X-OpenWebUI-Chat-Id",
            "1")
        .refused(403, "not-granted");
  }

  @Test
  void usersHaveNotebooksOfTheirOwn() throws IOException {
    Requires.node();
    String body =
        "{\"entities\":[{\"name\":\"plan\",\"entityType\":\"secret\",\"observations\":[\"of ann\"]}]}";
    product.await(
        "its tools are learned",
        () -> product.get("/openapi.json", as("ann")).text().contains("/notebook/read_graph"));

    product.post("/notebook/create_entities", body, as("ann")).ok();

    assertTrue(product.post("/notebook/read_graph", "{}", as("ann")).ok().contains("of ann"));
    assertTrue(!product.post("/notebook/read_graph", "{}", as("bob")).ok().contains("of ann"));
    assertTrue(Files.readString(folder.resolve("of-ann.jsonl")).contains("of ann"));
  }
}
