package io.toolgate.openwebui;

import static io.toolgate.openwebui.User.ANN;
import static io.toolgate.openwebui.User.BOB;
import static io.toolgate.openwebui.User.CAROL;
import static io.toolgate.product.TwoGroups.ANNS_TOOL;
import static io.toolgate.product.TwoGroups.BOBS_TOOL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.product.Answer;
import io.toolgate.product.Product;
import io.toolgate.product.TwoGroups;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls through a gateway that checks users and names them. */
class GatewayConnectionIT {
  private static final String SECRET = "the-gateways-secret-0123456789";
  private static final String NO_ACCESS = "You have no access to the tools of";
  private static final User ANN_IN = ANN.withSession("anns-session");
  private static final User BOB_IN = BOB.withSession("bobs-session");
  private static final User CAROL_IN =
      CAROL.withSession("carols-session").inGroups("Other", "Vertrieb Süd");
  private static final User OPERATOR = User.named("you").as("admin").withSession("yours");

  private static Product product;
  private static Gateway gateway;
  private static SharedConnection connection;

  @BeforeAll
  static void start() throws IOException {
    product =
        TwoGroups.started(
            Map.of(
                "API_GATEWAY_MODE", "true",
                "GATEWAY_SHARED_SECRET", SECRET,
                "OPENAPI_PUBLIC", "true"));
    gateway =
        new Gateway(
            product.url(),
            Map.of("X-Gateway-Secret", SECRET),
            Stream.of(ANN_IN, BOB_IN, CAROL_IN, OPERATOR)
                .collect(Collectors.toMap(user -> user.session().orElseThrow(), user -> user)));
    connection =
        SharedConnection.to(gateway.url(), Auth.session(""))
            .at(gateway.url(), product.url() + "/openapi.json");
    product.await("Bob may call", () -> Called.isDone(connection.call(BOB_IN, BOBS_TOOL)));
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    product.close();
  }

  @Test
  void theDocumentIsFetchedPastTheGatewayBecauseItIsFetchedInNobodysName() {
    SharedConnection through = connection.at(gateway.url(), "openapi.json");

    assertEquals(Set.of(ANNS_TOOL, BOBS_TOOL), connection.tools());
    assertTrue(assertThrows(ConnectionFailed.class, through::tools).getMessage().contains("401"));
  }

  @Test
  void everyUserCallsWhatTheirGroupMayUse() {
    Called.done(connection.call(ANN_IN, ANNS_TOOL));
    Called.refused(403, connection.call(ANN_IN, BOBS_TOOL), NO_ACCESS);
    Called.done(connection.call(BOB_IN, BOBS_TOOL));
    Called.refused(403, connection.call(BOB_IN, ANNS_TOOL), NO_ACCESS);
  }

  @Test
  void groupsThatTheGatewayNamesCount() {
    Called.done(connection.call(CAROL_IN, BOBS_TOOL));
    Called.refused(403, connection.call(CAROL_IN, ANNS_TOOL), NO_ACCESS);
  }

  private static List<String> named(User user, String... more) {
    String admin = String.valueOf(user.role().equals("admin"));
    return Stream.concat(
            Stream.of("X-User-Email", user.email(), "X-User-Admin", admin), Stream.of(more))
        .toList();
  }

  private static Answer post(String path, List<String> headers) {
    return product.post(path, "{}", headers.toArray(String[]::new));
  }

  @Test
  void anAdministratorOfTheGatewayRefreshesAndUsesWhatGroupsGrant() {
    Answer refreshed = post("/refresh", named(OPERATOR, "X-Gateway-Secret", SECRET));
    Answer byAnn = post("/refresh", named(ANN, "X-Gateway-Secret", SECRET));

    assertEquals(200, refreshed.status());
    assertEquals(403, byAnn.status());
    Called.refused(403, connection.call(OPERATOR, ANNS_TOOL), NO_ACCESS);
  }

  static Stream<List<String>> forgeries() {
    return Stream.of(
        named(ANN),
        named(ANN, "X-Gateway-Validated", "true"),
        named(ANN, "X-Gateway-Secret", "wrong"),
        named(ANN, "X-Gateway-Secret", SECRET.toUpperCase(Locale.ROOT)),
        named(ANN, "X-Forwarded-For", "127.0.0.1", "X-Real-IP", "127.0.0.1"),
        named(ANN, "Authorization", "Bearer " + SECRET),
        named(ANN, "X-User-Groups", "MCP-Admin,Developers", "X-Auth-Source", "entra-token"));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void whoIsNotTheGatewayNamesNobody(List<String> headers) {
    Answer answer = post("/notes/tool_0", headers);

    assertEquals("401 unauthenticated", answer.status() + " " + answer.problem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void aUserWithoutAnAddressIsNobody(String email) {
    Answer answer =
        product.post(
            "/notes/tool_0",
            "{}",
            "X-Gateway-Secret",
            SECRET,
            "X-User-Email",
            email,
            "X-User-Groups",
            "Developers");

    assertEquals(401, answer.status(), answer.text());
  }
}
