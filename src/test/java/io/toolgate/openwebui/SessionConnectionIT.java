package io.toolgate.openwebui;

import static io.toolgate.openwebui.User.ANN;
import static io.toolgate.openwebui.User.BOB;
import static io.toolgate.openwebui.User.CAROL;
import static io.toolgate.product.TwoGroups.ANNS_TOOL;
import static io.toolgate.product.TwoGroups.BOBS_TOOL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.product.Product;
import io.toolgate.product.TwoGroups;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connection type "Session": calls carry the token of the user's session, which has an id. */
class SessionConnectionIT {
  private static final String SECRET = "signs-the-sessions-0123456789";
  private static final String NO_ACCESS = "You have no access to the tools of";
  private static final User PENDING = User.named("dora").as("pending");
  private static final User OPERATOR = User.named("you").as("admin");

  private static Product product;
  private static SharedConnection connection;

  @BeforeAll
  static void start() {
    product = TwoGroups.started(Map.of("WEBUI_SECRET_KEY", SECRET, "OPENAPI_PUBLIC", "true"));
    UserTable.make(product.sql(), List.of(ANN, BOB, CAROL, PENDING, OPERATOR));
    connection = SharedConnection.to(product.url(), Auth.session(""));
    product.await(
        "Bob may call", () -> Called.isDone(connection.call(BOB.signedIn(SECRET), BOBS_TOOL)));
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void modelsAreOfferedEverything() {
    assertEquals(Set.of(ANNS_TOOL, BOBS_TOOL), connection.tools());
  }

  @Test
  void everyUserCallsWhatTheirGroupMayUse() {
    Called.done(connection.call(ANN.signedIn(SECRET), ANNS_TOOL));
    Called.refused(403, connection.call(ANN.signedIn(SECRET), BOBS_TOOL), NO_ACCESS);
    Called.done(connection.call(BOB.signedIn(SECRET), BOBS_TOOL));
    Called.refused(403, connection.call(BOB.signedIn(SECRET), ANNS_TOOL), NO_ACCESS);
    Called.refused(403, connection.call(CAROL.signedIn(SECRET), ANNS_TOOL), NO_ACCESS);
  }

  @Test
  void whatOpenWebUiForwardsBesideTheSessionIsNotBelieved() {
    SharedConnection forwarding = connection.forwarding(new Forwarding.Plain());
    SharedConnection forged = connection.withHeader("X-OpenWebUI-User-Email", BOB.email());

    Called.done(forwarding.call(ANN.signedIn(SECRET), ANNS_TOOL));
    Called.done(forged.call(ANN.signedIn(SECRET), ANNS_TOOL));
    Called.refused(403, forged.call(ANN.signedIn(SECRET), BOBS_TOOL), NO_ACCESS);
  }

  @Test
  void whoWaitsForApprovalIsRefused() {
    Called.refused(401, connection.call(PENDING.signedIn(SECRET), ANNS_TOOL), "approval");
  }

  @Test
  void whoIsNotInTheTableIsRefused() {
    User stranger = User.named("stranger").signedIn(SECRET);

    Called.refused(401, connection.call(stranger, ANNS_TOOL), "does not know");
  }

  @Test
  void aSessionOfAnotherOpenWebUiIsRefused() {
    User ann = ANN.signedIn("another-secret-0123456789");

    Called.refused(401, connection.call(ann, ANNS_TOOL), "signature");
  }

  @Test
  void automationsCallNothing() {
    SharedConnection forwarding = connection.forwarding(new Forwarding.Plain());

    Called.refused(401, forwarding.call(ANN.automated(), ANNS_TOOL), "proof");
  }

  @Test
  void anAdministratorOfOpenWebUiRefreshesAndUsesWhatGroupsGrant() {
    User operator = OPERATOR.signedIn(SECRET);
    String proof = "Bearer " + operator.session().orElseThrow();

    assertEquals(200, product.post("/refresh", "", "Authorization", proof).status());
    Called.refused(403, connection.call(operator, ANNS_TOOL), NO_ACCESS);
  }
}
