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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recommended wiring: a key for the connection and a signed header for the user. */
class SignedConnectionIT {
  private static final String KEY = "a-key-for-the-connection-0123456789";
  private static final String SECRET = "signs-the-user-header-0123456789";
  private static final String NO_ACCESS = "You have no access to the tools of";
  private static final User ADMIN = User.named("you");

  private static Product product;
  private static SharedConnection connection;

  @BeforeAll
  static void start() {
    product =
        TwoGroups.started(
            Map.of(
                "MCP_API_KEY", KEY,
                "FORWARD_USER_INFO_HEADER_JWT_SECRET", SECRET,
                "ADMIN_EMAILS", "you@example.org"));
    connection =
        SharedConnection.to(product.url(), Auth.bearer(KEY))
            .forwarding(new Forwarding.Signed(SECRET));
    product.await("Bob may call", () -> Called.isDone(connection.call(BOB, BOBS_TOOL)));
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void modelsAreOfferedWhatTheKeyMaySee() {
    assertEquals(Set.of(ANNS_TOOL, BOBS_TOOL), connection.tools());
  }

  @Test
  void everyUserCallsWhatTheirGroupMayUse() {
    Called.done(connection.call(ANN, ANNS_TOOL));
    Called.refused(403, connection.call(ANN, BOBS_TOOL), NO_ACCESS);
    Called.done(connection.call(BOB, BOBS_TOOL));
    Called.refused(403, connection.call(BOB, ANNS_TOOL), NO_ACCESS);
    Called.refused(403, connection.call(CAROL, ANNS_TOOL), NO_ACCESS);
    Called.refused(403, connection.call(CAROL, BOBS_TOOL), NO_ACCESS);
  }

  @Test
  void automationsCallInTheNameOfTheirOwner() {
    Called.done(connection.call(ANN.automated(), ANNS_TOOL));
    Called.refused(403, connection.call(ANN.automated(), BOBS_TOOL), NO_ACCESS);
  }

  @Test
  void administratorsCallEverything() {
    Called.done(connection.call(ADMIN, ANNS_TOOL));
    Called.done(connection.call(ADMIN, BOBS_TOOL));
  }

  @Test
  void plainHeadersInsteadOfTheSignedOneAreRefused() {
    SharedConnection unsigned = connection.forwarding(new Forwarding.Plain());

    Called.refused(401, unsigned.call(ANN, ANNS_TOOL), "FORWARD_USER_INFO_HEADER_JWT_SECRET");
    Called.refused(401, unsigned.from(new OldBackend()).call(ANN, ANNS_TOOL));
  }

  @Test
  void aHeaderSignedWithAnotherSecretIsRefused() {
    SharedConnection other =
        connection.forwarding(new Forwarding.Signed("another-secret-0123456789"));

    Called.refused(401, other.call(ANN, ANNS_TOOL), "signature");
  }

  @Test
  void aSignedHeaderDoesNotCarryAPlainOneOfAnotherUser() {
    SharedConnection forged = connection.withHeader("X-OpenWebUI-User-Email", "bob@example.org");

    Called.refused(401, forged.call(ANN, ANNS_TOOL), "different users");
    Called.refused(401, forged.call(ANN, BOBS_TOOL), "different users");
    Called.done(forged.call(BOB, BOBS_TOOL));
  }

  @Test
  void withoutForwardingTheDocumentIsReadAndCallsSayWhatIsMissing() {
    SharedConnection silent = connection.forwarding(new Forwarding.Off());

    assertEquals(2, silent.tools().size());
    Called.refused(
        401, silent.call(ANN, ANNS_TOOL), "ENABLE_FORWARD_USER_INFO_HEADERS", "REQUIRE_USER");
  }

  @Test
  void withoutTheKeyThereIsNoDocument() {
    SharedConnection keyless = SharedConnection.to(product.url(), Auth.none());
    SharedConnection wrong = SharedConnection.to(product.url(), Auth.bearer("wrong"));

    assertTrue(assertThrows(ConnectionFailed.class, keyless::tools).getMessage().contains("401"));
    assertTrue(assertThrows(ConnectionFailed.class, wrong::tools).getMessage().contains("401"));
  }

  /** One connection per group, in the same Open WebUI. */
  private static SharedConnection ofGroup(String name, String prefix) {
    return connection.at(product.url() + "/groups/" + name, "openapi.json?prefix=" + prefix);
  }

  @Test
  void theConnectionOfAGroupOffersItsToolsOnly() {
    assertEquals(Set.of("dev_" + ANNS_TOOL), ofGroup("Developers", "dev").tools());
    assertEquals(Set.of("vs_" + BOBS_TOOL), ofGroup("Vertrieb Süd", "vs").tools());
  }

  @Test
  void connectionsOfTwoGroupsShareNoNameInAChat() {
    product
        .sql()
        .run("INSERT INTO group_tenant_mapping VALUES ('Both', 'notes'), ('Both', 'sales')");
    product.await("the group is known", () -> isThere(ofGroup("Both", "b")));
    Set<String> names = new HashSet<>(ofGroup("Developers", "dev").tools());

    names.addAll(ofGroup("Both", "b").tools());

    assertEquals(Set.of("dev_notes_tool_0", "b_notes_tool_0", "b_sales_tool_0"), names);
  }

  private static boolean isThere(SharedConnection group) {
    try {
      return !group.tools().isEmpty();
    } catch (ConnectionFailed unknown) {
      return false;
    }
  }

  @Test
  void membersCallThroughTheConnectionOfTheirGroup() {
    Called.done(ofGroup("Developers", "dev").call(ANN, "dev_" + ANNS_TOOL));
    Called.done(ofGroup("Vertrieb Süd", "vs").call(BOB, "vs_" + BOBS_TOOL));
    Called.done(ofGroup("Vertrieb Süd", "vs").call(ADMIN, "vs_" + BOBS_TOOL));
  }

  @ParameterizedTest
  @CsvSource({
    "Developers, bob, dev_notes_tool_0",
    "Developers, carol, dev_notes_tool_0",
    "Vertrieb Süd, ann, dev_sales_tool_0",
  })
  void othersDoNotFindTheGroup(String group, String user, String tool) {
    ToolResult result = ofGroup(group, "dev").call(User.named(user), tool);

    Called.refused(404, result, "There is no such group, or you are not in it");
  }

  @Test
  void anUnknownGroupHasNoDocument() {
    SharedConnection unknown = ofGroup("Nobody", "n");

    assertTrue(assertThrows(ConnectionFailed.class, unknown::tools).getMessage().contains("404"));
  }
}
