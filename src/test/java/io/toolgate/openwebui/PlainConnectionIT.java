package io.toolgate.openwebui;

import static io.toolgate.openwebui.User.ANN;
import static io.toolgate.openwebui.User.BOB;
import static io.toolgate.openwebui.User.CAROL;
import static io.toolgate.product.TwoGroups.ANNS_TOOL;
import static io.toolgate.product.TwoGroups.BOBS_TOOL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.product.Product;
import io.toolgate.product.TwoGroups;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bearer connection whose Open WebUI cannot sign, and one that forwards its own groups. */
class PlainConnectionIT {
  private static final String KEY = "a-key-for-the-connection-0123456789";
  private static final String GROUPS = "X-OpenWebUI-User-Groups";
  private static final String NO_ACCESS = "You have no access to the tools of";
  private static Product product;
  private static SharedConnection connection;

  @BeforeAll
  static void start() {
    product = TwoGroups.started(Map.of("MCP_API_KEY", KEY, "FORWARDED_GROUPS_HEADER", GROUPS));
    product.sql().run("INSERT INTO group_tenant_mapping VALUES ('F&E, Köln / 100 %', 'notes')");
    connection =
        SharedConnection.to(product.url(), Auth.bearer(KEY)).forwarding(new Forwarding.Plain());
    User last = CAROL.inGroups("F&E, Köln / 100 %");
    product.await(
        "all groups are known",
        () ->
            Called.isDone(connection.withHeader(GROUPS, "{{USER_GROUPS}}").call(last, ANNS_TOOL)));
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  static Stream<Backend> backends() {
    return Stream.of(new OldBackend(), new NewBackend());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void everyUserCallsWhatTheirGroupMayUse(Backend backend) {
    SharedConnection plain = connection.from(backend);

    assertEquals(Set.of(ANNS_TOOL, BOBS_TOOL), plain.tools());
    Called.done(plain.call(ANN, ANNS_TOOL));
    Called.refused(403, plain.call(ANN, BOBS_TOOL), NO_ACCESS);
    Called.done(plain.call(BOB, BOBS_TOOL));
    Called.refused(403, plain.call(BOB, ANNS_TOOL), NO_ACCESS);
    Called.refused(403, plain.call(CAROL, ANNS_TOOL), NO_ACCESS);
    Called.done(plain.call(BOB.automated(), BOBS_TOOL));
  }

  @Test
  void groupsOfOpenWebUiAddToThoseInTheDatabase() {
    SharedConnection forwarding = connection.withHeader(GROUPS, "{{USER_GROUPS}}");

    Called.done(forwarding.call(CAROL.inGroups("Others", "Vertrieb Süd"), BOBS_TOOL));
    Called.done(forwarding.call(CAROL.inGroups("F&E, Köln / 100 %", "Others"), ANNS_TOOL));
    Called.done(forwarding.call(ANN.inGroups("Vertrieb Süd"), ANNS_TOOL));
    Called.done(forwarding.call(ANN.inGroups("Vertrieb Süd"), BOBS_TOOL));
    Called.done(forwarding.call(ANN.inGroups("Developers").automated(), ANNS_TOOL));
  }

  @Test
  void whoIsInNoGroupOfEitherCallsNothing() {
    SharedConnection forwarding = connection.withHeader(GROUPS, "{{USER_GROUPS}}");

    Called.refused(403, forwarding.call(CAROL, ANNS_TOOL), NO_ACCESS);
    Called.refused(403, forwarding.call(CAROL.inGroups("developers"), ANNS_TOOL), NO_ACCESS);
    Called.refused(403, forwarding.call(CAROL.inGroups("F&E"), ANNS_TOOL), NO_ACCESS);
  }

  @Test
  void groupsOfNobodyGrantNothing() {
    SharedConnection unnamed =
        connection.forwarding(new Forwarding.Off()).withHeader(GROUPS, "{{USER_GROUPS}}");

    Called.refused(
        401,
        unnamed.call(ANN.inGroups("Developers"), ANNS_TOOL),
        "ENABLE_FORWARD_USER_INFO_HEADERS");
  }
}
