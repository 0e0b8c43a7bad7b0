package io.toolgate.openwebui;

import static io.toolgate.openwebui.User.ANN;
import static io.toolgate.openwebui.User.BOB;
import static io.toolgate.openwebui.User.CAROL;
import static io.toolgate.product.TwoGroups.ANNS_TOOL;
import static io.toolgate.product.TwoGroups.BOBS_TOOL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.identity.Minted;
import io.toolgate.identity.Provider;
import io.toolgate.product.Product;
import io.toolgate.product.TwoGroups;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connection type "OAuth": calls carry the user's token of the identity provider. */
class OauthConnectionIT {
  private static final String NO_ACCESS = "You have no access to the tools of";
  private static Provider provider;
  private static Product product;
  private static SharedConnection connection;

  @BeforeAll
  static void start() throws IOException {
    provider = Provider.start();
    product =
        TwoGroups.started(
            Map.of(
                "JWT_JWKS_URL",
                provider.url(),
                "JWT_ISSUER",
                Provider.ISSUER,
                "JWT_AUDIENCE",
                Provider.AUDIENCE,
                "OPENAPI_PUBLIC",
                "true"));
    connection = SharedConnection.to(product.url(), Auth.systemOauth(""));
    product.await("Bob may call", () -> Called.isDone(connection.call(signedIn(BOB), BOBS_TOOL)));
  }

  @AfterAll
  static void stop() {
    product.close();
    provider.close();
  }

  /** Through the provider, which has them in these groups. */
  private static User signedIn(User user, String... groups) {
    Minted claims = Provider.claims(user.email()).claim("groups", List.of(groups));
    return user.withAccess(Provider.token(claims)).withSession("of-open-webui");
  }

  @Test
  void modelsAreOfferedEverything() {
    assertEquals(Set.of(ANNS_TOOL, BOBS_TOOL), connection.tools());
  }

  @Test
  void everyUserCallsWhatTheirGroupMayUse() {
    Called.done(connection.call(signedIn(ANN), ANNS_TOOL));
    Called.refused(403, connection.call(signedIn(ANN), BOBS_TOOL), NO_ACCESS);
    Called.done(connection.call(signedIn(BOB), BOBS_TOOL));
    Called.refused(403, connection.call(signedIn(BOB), ANNS_TOOL), NO_ACCESS);
    Called.refused(403, connection.call(signedIn(CAROL), ANNS_TOOL), NO_ACCESS);
  }

  @Test
  void groupsOfTheTokenCount() {
    User carol = signedIn(CAROL, "staff", "Vertrieb Süd");

    Called.done(connection.call(carol, BOBS_TOOL));
    Called.refused(403, connection.call(carol, ANNS_TOOL), NO_ACCESS);
  }

  @Test
  void whatOpenWebUiForwardsBesideTheTokenIsNotBelieved() {
    SharedConnection forwarding = connection.forwarding(new Forwarding.Plain());
    SharedConnection forged = connection.withHeader("X-OpenWebUI-User-Email", "bob@example.org");

    Called.done(forwarding.call(signedIn(ANN), ANNS_TOOL));
    Called.refused(403, forged.call(signedIn(ANN), BOBS_TOOL), NO_ACCESS);
  }

  @Test
  void anOpaqueTokenIsRefusedWithTheReason() {
    Called.refused(
        401, connection.call(ANN.withAccess("gho_16C7e42F292c6912E7"), ANNS_TOOL), "opaque");
  }

  @Test
  void automationsAndUsersOfAnotherSignInCallNothing() {
    SharedConnection forwarding = connection.forwarding(new Forwarding.Plain());

    Called.refused(401, forwarding.call(ANN.automated(), ANNS_TOOL), "proof");
    Called.refused(401, forwarding.call(ANN.withSession("of-open-webui"), ANNS_TOOL), "proof");
  }
}
