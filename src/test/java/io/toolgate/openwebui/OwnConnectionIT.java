package io.toolgate.openwebui;

import static io.toolgate.openwebui.User.ANN;
import static io.toolgate.openwebui.User.BOB;
import static io.toolgate.openwebui.User.CAROL;
import static io.toolgate.product.TwoGroups.ANNS_TOOL;
import static io.toolgate.product.TwoGroups.BOBS_TOOL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.product.Product;
import io.toolgate.product.TwoGroups;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections in a user's own settings: the page calls, from the origin of Open WebUI. */
class OwnConnectionIT {
  private static final String ORIGIN = "https://chat.example.org";
  private static final String SECRET = "signs-the-sessions-0123456789";
  private static final String KEY = "a-key-for-browsers-0123456789";
  private static final Browser PAGE = new Browser(ORIGIN);
  private static Product sessions;
  private static Product keys;

  @BeforeAll
  static void start() {
    sessions = TwoGroups.started(Map.of("WEBUI_SECRET_KEY", SECRET, "CORS_ALLOW_ORIGINS", ORIGIN));
    UserTable.make(sessions.sql(), List.of(ANN, BOB, CAROL));
    sessions.await("Bob sees his tools", () -> !connected(BOB).tools().isEmpty());
    keys =
        TwoGroups.started(
            Map.of(
                "MCP_API_KEYS",
                "[{\"name\":\"pages\",\"key\":\"%s\",\"groups\":[\"Developers\"],\"actForUsers\":false}]"
                    .formatted(KEY),
                "REQUIRE_USER",
                "false"));
    keys.await("the key sees its tools", () -> !withKey().tools().isEmpty());
  }

  @AfterAll
  static void stop() {
    sessions.close();
    keys.close();
  }

  private static Connection connected(User user) {
    return PAGE.connect(
        sessions.url(), Auth.session(user.signedIn(SECRET).session().orElseThrow()));
  }

  private static Connection withKey() {
    return PAGE.connect(keys.url(), Auth.bearer(KEY));
  }

  private static List<String> tools(Connection connection) {
    return connection.tools().stream().map(ModelTool::name).toList();
  }

  @Test
  void everyUserGetsTheirOwnDocument() {
    assertEquals(List.of(ANNS_TOOL), tools(connected(ANN)));
    assertEquals(List.of(BOBS_TOOL), tools(connected(BOB)));
    assertEquals(List.of(), tools(connected(CAROL)));
  }

  @Test
  void everyUserCallsTheirOwnTools() {
    Called.done(connected(ANN).call(ANNS_TOOL, Map.of()));
    Called.done(connected(BOB).call(BOBS_TOOL, Map.of()));
  }

  @Test
  void aToolOfTheDocumentOfAnotherIsRefused() {
    Connection annsDocument = connected(ANN);
    String bob = "Bearer " + BOB.signedIn(SECRET).session().orElseThrow();

    ToolResult result =
        annsDocument.call(ANNS_TOOL, Reply.JSON.createObjectNode(), Map.of("authorization", bob));

    Called.refused(403, result, "You have no access to the tools of");
  }

  @Test
  void thePageLearnsWhyASessionIsRefused() {
    String signedElsewhere = ANN.signedIn("another-secret-0123456789").session().orElseThrow();
    Auth auth = Auth.session(signedElsewhere);

    ConnectionFailed failure =
        assertThrows(ConnectionFailed.class, () -> PAGE.connect(sessions.url(), auth));

    assertTrue(failure.getMessage().contains("signature"), failure.getMessage());
  }

  @Test
  void pagesOfOtherOriginsLearnNothing() {
    Browser other = new Browser("https://elsewhere.example.org");
    Auth auth = Auth.session(ANN.signedIn(SECRET).session().orElseThrow());

    ConnectionFailed failure =
        assertThrows(ConnectionFailed.class, () -> other.connect(sessions.url(), auth));

    assertTrue(failure.getMessage().startsWith("Failed to fetch"), failure.getMessage());
  }

  @Test
  void aKeyInThePageReachesItsGroupsAlone() {
    assertEquals(List.of(ANNS_TOOL), tools(withKey()));
    Called.done(withKey().call(ANNS_TOOL, Map.of()));
    assertEquals(403, keys.post("/sales/tool_0", "{}", "Authorization", "Bearer " + KEY).status());
  }

  @Test
  void aKeyInThePageNamesNobody() {
    String[] asBob = {"Authorization", "Bearer " + KEY, "X-OpenWebUI-User-Email", BOB.email()};

    assertEquals(403, keys.post("/sales/tool_0", "{}", asBob).status());
    assertEquals(200, keys.post("/notes/tool_0", "{}", asBob).status());
  }
}
