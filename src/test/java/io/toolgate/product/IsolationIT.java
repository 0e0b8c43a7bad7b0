package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import io.toolgate.scripted.Scripted;
import io.toolgate.scripted.ScriptedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers of one Toolgate that must not meet: groups with credentials of their own, users and chats
 * with sessions of their own, and what of a caller reaches a server.
 */
class IsolationIT {
  private static final int CALLERS = 16;
  private static final int ROUNDS = 12;
  private static final String CHAT = "X-OpenWebUI-Chat-Id";
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  /** Nothing of these may be seen anywhere but at the server they are for. */
  private static final List<String> VALUES =
      List.of("everybodys-1", "norths-2", "souths-3", "fickles-4", "fickles-5", "everybodys-6");

  /** Answers each call with its environment and its process. */
  private static final String SERVER =
      """
      while read -r line; do
        id=${line##*'"id":'}; id=${id%%[,\\}]*}
        case $line in
          *'"initialize"'*) result='{"protocolVersion":"2025-11-25","capabilities":{"tools":{}}}';;
          *'"tools/list"'*) result='{"tools":[{"name":"who","inputSchema":{"type":"object"}}]}';;
          *'"tools/call"'*) result='{"content":[{"type":"text","text":"'"${KEY:--} ${WHO:--} $$"'"}]}';;
          *'"id":'*) result='{}';;
          *) continue;;
        esac
        echo '{"jsonrpc":"2.0","id":'"$id"',"result":'"$result"'}'
      done
      """;

  @TempDir private static Path folder;
  private static final List<ScriptedProcess> REMOTES = new ArrayList<>();
  private static final Map<String, Definition> SERVERS = new LinkedHashMap<>();
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    Path script = Files.writeString(folder.resolve("server.sh"), SERVER);
    Definition child = Definition.command("/bin/sh", script.toString());
    Scripted plain = Scripted.streamable().withoutOddTools();
    Definition remote =
        Definition.of(remote(plain)).with("headers", Map.of("Authorization", "Bearer ${TOKEN}"));
    ScriptedProcess other = remote(plain);
    ScriptedProcess redirecting = remote(plain.redirect(other.url().toString()));
    SERVERS.put("child", child.with("env", Map.of("KEY", "${KEY}")));
    SERVERS.put("far", remote.with("forwardHeaders", List.of("X-Tag")));
    SERVERS.put("moved", remote);
    SERVERS.put(
        "told",
        remote.with(
            "headers", Map.of("Authorization", "Bearer ${TOKEN}", "X-Caller", "${user.email}")));
    SERVERS.put("users", child.with("session", "user").with("env", Map.of("WHO", "${user.email}")));
    SERVERS.put("chats", child.with("session", "chat"));
    SERVERS.put("doomed", child);
    product =
        Product.serving(
                SERVERS,
                Proofs.environment(
                    "KEY", "everybodys-1",
                    "TOKEN", "everybodys-6",
                    "REQUIRE_USER", "false",
                    "TOOLGATE_ENCRYPTION_KEY", Base64.getEncoder().encodeToString(randomBytes()),
                    "ENDPOINT_HOSTS",
                        "127.0.0.1:"
                            + other.url().getPort()
                            + ",127.0.0.1:"
                            + redirecting.url().getPort()))
            .proving(as(Proofs.ANN));
    product.sql().run(rows(other, redirecting));
    product.await("plain@ is served", () -> call("plain", "/chats/who").status() == 200);
    product.awaitReady("child", "far", "moved", "told", "doomed");
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static ScriptedProcess remote(Scripted scripted) throws IOException {
    ScriptedProcess running = scripted.start();
    REMOTES.add(running);
    return running;
  }

  private static String[] rows(ScriptedProcess other, ScriptedProcess redirecting) {
    List<String> rows = new ArrayList<>();
    rows.add(
        "INSERT INTO user_group_membership VALUES"
            + " ('north@example.org', 'North'), ('south@example.org', 'South'),"
            + " ('both@example.org', 'South'), ('both@example.org', 'North'),"
            + " ('east@example.org', 'East'), ('fickle@example.org', 'Fickle'),"
            + " ('plain@example.org', 'Plain')");
    for (String group : List.of("North", "South", "East", "Fickle", "Plain")) {
      for (String server : SERVERS.keySet()) {
        rows.add("INSERT INTO group_tenant_mapping VALUES ('" + group + "', '" + server + "')");
      }
    }
    for (String[] own :
        new String[][] {
          {"North", "norths-2"}, {"South", "souths-3"}, {"Fickle", "fickles-4"},
        }) {
      String row = "INSERT INTO tenant_server_keys VALUES ('" + own[0] + "', '%s', '%s', '";
      rows.add(row.formatted("child", "KEY") + own[1] + "')");
      rows.add(row.formatted("far", "TOKEN") + own[1] + "')");
      rows.add(row.formatted("told", "TOKEN") + own[1] + "')");
      rows.add(row.formatted("child", "LD_PRELOAD") + "/tmp/evil.so')");
    }
    String endpoint = "INSERT INTO tenant_endpoint_overrides VALUES ('%s', 'moved', '%s')";
    rows.add(endpoint.formatted("North", other.url()));
    rows.add(endpoint.formatted("South", REMOTES.get(0).url()));
    rows.add(endpoint.formatted("East", redirecting.url()));
    return rows.toArray(String[]::new);
  }

  @AfterAll
  static void stop() {
    REMOTES.forEach(ScriptedProcess::close);
    List<String> log = product.log();
    product.close();
    for (String value : VALUES) {
      assertEquals(List.of(), log.stream().filter(line -> line.contains(value)).toList());
    }
  }

  /** As the recommended connection of Open WebUI sends it. */
  private static String[] as(String email, String... more) {
    return Stream.concat(
            Stream.of(
                "Authorization",
                "Bearer " + Proofs.KEY,
                "X-OpenWebUI-User-Jwt",
                Proofs.signed(email)),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static Answer call(String user, String path, String... more) {
    return product.post(path, "{}", as(user + "@example.org", more));
  }

  /** What the child says of itself: key, user, process. */
  private static String[] child(Answer answer) {
    answer.ok();
    return answer.json().asText().split(" ", -1);
  }

  private static String keyOf(String user, String path) {
    return child(call(user, path))[0];
  }

  private static String tokenOf(String user, String path) {
    Answer answer = call(user, path);
    answer.ok();
    return answer.json().path("authorization").asText("none");
  }

  /** Many at once, each again and again; gives what was not as it should be. */
  private static List<String> hammer(IntFunction<String> wrong) throws InterruptedException {
    Queue<String> found = new ConcurrentLinkedQueue<>();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    for (int i = 0; i < CALLERS; i++) {
      int caller = i;
      callers.execute(
          () -> {
            for (int round = 0; round < ROUNDS; round++) {
              try {
                found.add(wrong.apply(caller));
              } catch (RuntimeException | AssertionError failure) {
                found.add(failure.toString());
              }
            }
          });
    }
    callers.shutdown();
    Await.until("all have called", callers::isTerminated);
    assertEquals(CALLERS * ROUNDS, found.size());
    return found.stream().filter(text -> !text.isEmpty()).distinct().toList();
  }

  private static String differing(String expected, String actual) {
    return expected.equals(actual) ? "" : "expected " + expected + ", not " + actual;
  }

  private static final List<String> USERS = List.of("north", "south", "plain", "both");

  @Test
  void childrenOfGroupsNeverMix() throws InterruptedException {
    List<String> keys = List.of("norths-2", "souths-3", "everybodys-1", "norths-2");

    List<String> wrong =
        hammer(i -> differing(keys.get(i % 4), keyOf(USERS.get(i % 4), "/child/who")));

    assertEquals(List.of(), wrong);
  }

  @Test
  void headersOfGroupsNeverMix() throws InterruptedException {
    List<String> tokens =
        List.of("Bearer norths-2", "Bearer souths-3", "Bearer everybodys-6", "Bearer norths-2");

    List<String> wrong =
        hammer(
            i ->
                differing(
                    tokens.get(i % 4),
                    tokenOf(USERS.get(i % 4), i < 8 ? "/far/headers" : "/told/headers")));

    assertEquals(List.of(), wrong);
  }

  @Test
  void aGroupsConnectionPicksThatGroup() {
    assertEquals("souths-3", keyOf("both", "/groups/South/child/who"));
    assertEquals("norths-2", keyOf("both", "/groups/North/child/who"));
    assertEquals("Bearer souths-3", tokenOf("both", "/groups/South/far/headers"));
  }

  @Test
  void usersNeverMixInASessionThatAllShare() throws InterruptedException {
    List<String> users = List.of("plain", "east");

    List<String> wrong =
        hammer(
            i -> {
              String user = users.get(i % 2);
              Answer answer = call(user, "/told/headers");
              answer.ok();
              return differing(
                  user + "@example.org Bearer everybodys-6",
                  answer.json().path("x-caller").asText()
                      + " "
                      + answer.json().path("authorization").asText());
            });

    assertEquals(List.of(), wrong);
  }

  @Test
  void changedCredentialsCountWithinASecondAndUnreadableOnesFail() {
    String where = " WHERE tenant_id = 'Fickle' AND server_id = 'child' AND key_name = 'KEY'";
    assertEquals("fickles-4", keyOf("fickle", "/child/who"));

    product.sql().run("UPDATE tenant_server_keys SET key_value = 'fickles-5'" + where);
    Product.awaitWhatWasTold(
        "the new value", () -> keyOf("fickle", "/child/who").equals("fickles-5"));
    product.await(
        "it is encrypted",
        () ->
            product
                .sql()
                .run("SELECT key_value FROM tenant_server_keys" + where)
                .get(0)
                .startsWith("tgenc:"));

    product
        .sql()
        .run(
            "UPDATE tenant_server_keys SET key_value = overlay(key_value placing 'AAAA' from 30)"
                + where);
    Product.awaitWhatWasTold("calls fail", () -> call("fickle", "/child/who").status() == 503);
    Answer refused = call("fickle", "/child/who");
    assertTrue(
        refused.refused(503, "upstream-unavailable").path("detail").asText().contains("Fickle"));
    assertEquals("norths-2", keyOf("north", "/child/who"));
    assertEquals("everybodys-1", keyOf("plain", "/child/who"));

    product
        .sql()
        .run("DELETE FROM tenant_server_keys WHERE tenant_id = 'Fickle' AND server_id = 'child'");
    Product.awaitWhatWasTold(
        "everybody's value", () -> keyOf("fickle", "/child/who").equals("everybodys-1"));
  }

  @Test
  void listingsNameTheGroupAndNoValue() {
    for (String user : USERS) {
      Answer listing = product.get("/servers", as(user + "@example.org"));
      String expected = user.equals("south") ? "South" : user.equals("plain") ? "none" : "North";
      for (JsonNode server : listing.json().path("servers")) {
        if (server.path("id").asText().equals("child")) {
          assertEquals(expected, server.path("credentials").asText("none"), user);
        }
      }
      VALUES.forEach(value -> assertFalse(listing.text().contains(value), user));
      assertFalse(listing.text().contains("127.0.0.1"), listing.text());
    }
  }

  @Test
  void aGroupsAddressIsReachedWithoutEverybodysCredentials() {
    Answer elsewhere = call("north", "/moved/headers");
    elsewhere.ok();

    assertFalse(elsewhere.json().has("authorization"), elsewhere.text());
    assertNotEquals(call("plain", "/moved/pid").text(), call("north", "/moved/pid").text());
    assertEquals("Bearer everybodys-6", tokenOf("plain", "/moved/headers"));
  }

  @Test
  void aGroupsAddressOnThisMachineIsRefusedUnlessItWasAllowed() {
    JsonNode refused = call("south", "/moved/pid").refused(503, "upstream-unavailable");

    String detail = refused.path("detail").asText();
    assertTrue(detail.contains("its address may not be reached from here"), detail);
    assertFalse(detail.contains("127.0.0.1"), detail);
    assertTrue(
        product.log().stream().anyMatch(line -> line.contains("127.0.0.1, which is")),
        "the operator's log says where");
  }

  @Test
  void aRedirectOfAGroupsAddressIsNotFollowed() {
    call("east", "/moved/pid").refused(503, "upstream-unavailable");
  }

  @Test
  void onlyListedHeadersAreHandedOn() {
    Answer answer =
        call(
            "plain",
            "/far/headers",
            "X-Tag",
            "7",
            "X-Other",
            "8",
            "Cookie",
            "a=b",
            "X-API-Key",
            Proofs.KEY,
            CHAT,
            "c1");
    answer.ok();

    JsonNode arrived = answer.json();
    assertEquals("7", arrived.path("x-tag").asText());
    assertEquals("Bearer everybodys-6", arrived.path("authorization").asText());
    for (String name :
        List.of("x-other", "cookie", "x-api-key", "x-openwebui-user-jwt", "x-openwebui-chat-id")) {
      assertFalse(arrived.has(name), name);
    }
    assertFalse(answer.text().contains(Proofs.KEY));
  }

  @Test
  void aTraceIsHandedOn() {
    Answer answer = call("plain", "/far/meta", "traceparent", TRACE, "tracestate", "a=1");
    answer.ok();

    assertEquals(TRACE, answer.json().path("traceparent").asText());
    assertEquals("a=1", answer.json().path("tracestate").asText());
  }

  @Test
  void eachUserHasAProcessThatKnowsWhoItIsFor() throws InterruptedException {
    String north = child(call("north", "/users/who"))[2];
    String south = child(call("south", "/users/who"))[2];
    assertNotEquals(north, south);

    List<String> wrong =
        hammer(
            i -> {
              String[] said = child(call(i % 2 == 0 ? "north" : "south", "/users/who"));
              return i % 2 == 0
                  ? differing("north@example.org " + north, said[1] + " " + said[2])
                  : differing("south@example.org " + south, said[1] + " " + said[2]);
            });

    assertEquals(List.of(), wrong);
  }

  @Test
  void aChatIsOneOnlyTogetherWithItsUser() {
    String north = child(call("north", "/chats/who", CHAT, "c1"))[2];

    assertEquals(north, child(call("north", "/chats/who", CHAT, "c1"))[2]);
    assertNotEquals(north, child(call("north", "/chats/who", CHAT, "c2"))[2]);
    assertNotEquals(north, child(call("south", "/chats/who", CHAT, "c1"))[2]);
    call("north", "/chats/who", CHAT, "no id").refused(400, "malformed-header");
    call("north", "/chats/who", CHAT, "x".repeat(129)).refused(400, "malformed-header");
    product
        .post("/chats/who", "{}", "Authorization", "Bearer " + Proofs.KEY, CHAT, "c1")
        .refused(403, "not-granted");
  }

  @Test
  void metricsTellOfServersAsLongAsTheyAreDefined() throws IOException {
    child(call("plain", "/doomed/who"));
    String before = product.get("/metrics", as(Proofs.ANN)).ok();
    assertTrue(
        before
            .lines()
            .anyMatch(
                line ->
                    line.startsWith("toolgate_server_state{")
                        && line.contains("server=\"doomed\"")
                        && line.contains("state=\"ready\"")),
        before);
    for (String name : List.of("starts", "sessions", "calls_running", "calls_waiting")) {
      assertTrue(before.contains("toolgate_server_" + name + "{server=\"doomed\"}"), name);
    }
    String pid = child(call("plain", "/doomed/who"))[2];

    Map<String, Definition> left = new LinkedHashMap<>(SERVERS);
    left.remove("doomed");
    Files.writeString(
        product.data().resolveSibling("servers.json"),
        Answer.JSON.writeValueAsString(Map.of("mcpServers", left)));
    product.post("/refresh", "", as(Proofs.ANN)).ok();

    String after = product.get("/metrics", as(Proofs.ANN)).ok();
    assertTrue(after.contains("toolgate_server_state{"), after);
    assertFalse(
        after
            .lines()
            .anyMatch(line -> line.startsWith("toolgate_server_") && line.contains("doomed")),
        after);
    call("plain", "/doomed/who").refused(404, "not-found");
    product.await("its process is gone", () -> ProcessHandle.of(Long.parseLong(pid)).isEmpty());
  }
}
