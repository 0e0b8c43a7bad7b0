package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.identity.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What requests with several proofs, and with headers that prove nothing, may call. Ann may use
 * {@code notes}, Bob {@code sales}.
 */
class CombinationsIT {
  private static final String KEY = "Authorization: Bearer " + Proofs.KEY;
  private static final String KEY_ASIDE = "X-API-Key: " + Proofs.KEY;
  private static final String LIMITED = "a-key-limited-to-developers-0123456789";
  private static final String NAMELESS = "a-key-that-names-nobody-0123456789";
  private static final String GATEWAY = "X-Gateway-Secret: " + Proofs.GATEWAY_SECRET;
  private static final String TRUSTED = "127.0.0.2";

  private static final String REFUSED = "refused with 401";
  private static final String NOTHING = "nothing";
  private static final String NOTES = "notes";
  private static final String SALES = "sales";

  private static Provider provider;
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    provider = Provider.start();
    product =
        TwoGroups.started(
            Map.of(
                "MCP_API_KEY",
                Proofs.KEY,
                "MCP_API_KEYS",
                """
                [{"name": "developers", "key": "%s", "groups": ["Developers"], "actForUsers": true},
                 {"name": "nameless", "key": "%s", "actForUsers": false}]"""
                    .formatted(LIMITED, NAMELESS),
                "FORWARDED_GROUPS_HEADER",
                "X-OpenWebUI-User-Groups",
                "WEBUI_SECRET_KEY",
                Proofs.SESSION_SECRET,
                "API_GATEWAY_MODE",
                "true",
                "GATEWAY_SHARED_SECRET",
                Proofs.GATEWAY_SECRET,
                "TRUSTED_PROXIES",
                TRUSTED,
                "JWT_JWKS_URL",
                provider.url(),
                "JWT_ISSUER",
                Provider.ISSUER,
                "JWT_AUDIENCE",
                Provider.AUDIENCE));
    product
        .sql()
        .run(
            "INSERT INTO user_group_membership VALUES ('jürgen.weiß@example.org', 'Vertrieb Süd')");
    product.await("rows are effective", () -> used(KEY, plain("jürgen.weiß")).equals(SALES));
  }

  @AfterAll
  static void stop() {
    product.close();
    provider.close();
  }

  /** Which of the two servers a request with these header lines may use. */
  private static String used(String... lines) {
    return used(null, "", List.of(lines));
  }

  private static String used(InetAddress from, String query, List<String> lines) {
    List<String> used = new ArrayList<>();
    int refused = 0;
    for (String server : List.of(NOTES, SALES)) {
      int status = call(from, "/" + server + "/tool_0" + query, lines).status();
      if (status == 200) {
        used.add(server);
      } else if (status == 401) {
        refused++;
      } else {
        assertEquals(403, status);
      }
    }
    return refused == 2 ? REFUSED : used.isEmpty() ? NOTHING : String.join(" and ", used);
  }

  private static Answer call(InetAddress from, String path, List<String> lines) {
    String head =
        "POST "
            + path
            + " HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 2\nConnection: close\n"
            + String.join("\n", lines);
    return RawRequest.send(product.url(), head, "{}".getBytes(StandardCharsets.UTF_8), from);
  }

  private static String plain(String name) {
    return "X-OpenWebUI-User-Email: " + name + "@example.org";
  }

  private static String groups(String list) {
    return "X-OpenWebUI-User-Groups: " + list;
  }

  private static String session(String name) {
    return "Authorization: Bearer " + Proofs.session(name + "@example.org");
  }

  private static String provided(String name) {
    return "Authorization: Bearer " + Provider.token(Provider.claims(name + "@example.org"));
  }

  private static String gatewayNames(String name) {
    return "X-User-Email: " + name + "@example.org";
  }

  private static Arguments of(String used, String... lines) {
    return Arguments.of(used, Arrays.asList(lines));
  }

  static Stream<Arguments> proofsThatGoTogether() {
    String basic =
        Base64.getEncoder()
            .encodeToString(("open-webui:" + Proofs.KEY).getBytes(StandardCharsets.UTF_8));
    return Stream.of(
        of(NOTES, KEY, plain("ann")),
        of(SALES, KEY_ASIDE, plain("bob")),
        of(NOTES, "Authorization: Basic " + basic, plain("ann")),
        of(NOTES, "AUTHORIZATION: bEARER " + Proofs.KEY, "x-openwebui-user-email: ANN@Example.ORG"),
        of(NOTES, "x-Api-kEY:" + Proofs.KEY, "X-OPENWEBUI-USER-EMAIL:\tann@example.org "),
        of(SALES, KEY, plain("carol"), groups("Others,Vertrieb S%C3%BCd")),
        of(SALES, KEY, plain("carol"), groups("Vertrieb Süd")),
        of("notes and sales", KEY, plain("ann"), groups("Vertrieb Süd")),
        of(NOTES, session("ann")),
        of(SALES, session("bob")),
        of(SALES, session("bob"), KEY_ASIDE),
        of(SALES, session("bob"), KEY_ASIDE, plain("bob")),
        of(SALES, session("bob"), "X-API-Key: " + NAMELESS),
        of(NOTES, session("ann"), "X-API-Key: " + LIMITED),
        of(NOTES, "X-API-Key: " + LIMITED, plain("ann")),
        of(NOTES, provided("ann")),
        of(SALES, provided("bob"), KEY_ASIDE));
  }

  @ParameterizedTest
  @MethodSource("proofsThatGoTogether")
  void everyProofIsUsed(String used, List<String> lines) {
    assertEquals(used, used(lines.toArray(String[]::new)));
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        of(NOTHING, "X-API-Key: " + LIMITED, plain("bob")),
        of(NOTHING, "X-API-Key: " + LIMITED, plain("carol")),
        of(NOTES, "X-API-Key: " + LIMITED, plain("carol"), groups("Developers,Vertrieb Süd")),
        of(NOTHING, "X-API-Key: " + LIMITED, plain("carol"), groups("mcp-admin")),
        of(NOTES, "X-API-Key: " + LIMITED, plain("carol"), groups("MCP-Admin")),
        of(NOTHING, "X-API-Key: " + LIMITED, session("bob")),
        of(REFUSED, "X-API-Key: " + LIMITED),
        of(REFUSED, KEY),
        of(REFUSED, KEY, groups("Developers")),
        of(REFUSED, "X-API-Key: " + NAMELESS, plain("ann")),
        of(REFUSED, "X-API-Key: " + NAMELESS, plain("ann"), groups("Developers")));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void aKeyGivesNoMoreThanItHas(String used, List<String> lines) {
    assertEquals(used, used(lines.toArray(String[]::new)));
  }

  static Stream<Arguments> namesOfOthers() {
    return Stream.of(
        of(NOTES, session("ann"), plain("bob")),
        of(NOTES, session("ann"), plain("bob"), groups("Vertrieb Süd,MCP-Admin")),
        of(NOTES, session("ann"), gatewayNames("bob"), "X-User-Groups: MCP-Admin"),
        of(NOTES, session("ann"), plain("bob"), "X-API-Key: " + NAMELESS),
        of(NOTES, session("ann"), "X-API-Key: " + Proofs.KEY, groups("Vertrieb Süd")),
        of(NOTES, provided("ann"), plain("bob")),
        of(REFUSED, session("ann"), KEY_ASIDE, plain("bob")),
        of(REFUSED, provided("ann"), KEY_ASIDE, plain("bob")),
        of(NOTES, KEY, plain("ann"), gatewayNames("bob"), "X-User-Admin: true"),
        of(NOTES, KEY, plain("ann"), "X-User-Groups: MCP-Admin", "X-Gateway-Validated: true"),
        of(REFUSED, KEY, gatewayNames("ann"), "X-User-Groups: Developers"));
  }

  @ParameterizedTest
  @MethodSource("namesOfOthers")
  void nobodyActsAsAnother(String used, List<String> lines) {
    assertEquals(used, used(lines.toArray(String[]::new)));
  }

  static Stream<Arguments> noProofs() {
    String token = Proofs.session("ann@example.org");
    return Stream.of(
        of(REFUSED),
        of(REFUSED, plain("ann"), groups("Developers")),
        of(REFUSED, gatewayNames("ann"), "X-User-Groups: Developers", "X-Gateway-Validated: true"),
        of(REFUSED, "X-Auth-Source: entra-token", "X-Entra-Groups: MCP-Admin", plain("ann")),
        of(REFUSED, "X-Auth-Source: entra-token", "Authorization: Bearer EwB4A8l6BAAU7p9QDpi"),
        of(NOTHING, "X-Auth-Source: entra-token", "X-Entra-Groups: MCP-Admin", session("carol")),
        of(NOTHING, "X-Auth-Source: entra-token", "X-Entra-Groups: MCP-Admin", KEY, plain("carol")),
        of(REFUSED, "Cookie: token=" + token),
        of(REFUSED, "Cookie: token=" + token, KEY),
        of(SALES, "Cookie: token=" + token, session("bob")),
        of(REFUSED, "X-OpenWebUI-User-Jwt: " + Proofs.signed("ann@example.org")),
        of(REFUSED, "X-OpenWebUI-User-Jwt: " + Proofs.signed("ann@example.org"), KEY),
        of(REFUSED, KEY, "X_OpenWebUI_User_Email: ann@example.org"),
        of(REFUSED, "X_API_Key: " + Proofs.KEY, plain("ann")));
  }

  @ParameterizedTest
  @MethodSource("noProofs")
  void whatIsNoProofIsNone(String used, List<String> lines) {
    assertEquals(used, used(lines.toArray(String[]::new)));
  }

  static Stream<Arguments> ambiguous() {
    String other = "X-API-Key: " + NAMELESS;
    return Stream.of(
        of(REFUSED, KEY, plain("ann"), plain("ann")),
        of(REFUSED, KEY, plain("ann"), "x-openwebui-user-email: bob@example.org"),
        of(REFUSED, KEY, "X-OpenWebUI-User-Email: ann@example.org, bob@example.org"),
        of(REFUSED, KEY, plain("ann"), groups("Developers"), groups("Developers")),
        of(REFUSED, KEY, plain("ann"), gatewayNames("ann"), gatewayNames("ann")),
        of(REFUSED, KEY, KEY.replace("Authorization", "authorization"), plain("ann")),
        of(REFUSED, KEY, session("ann")),
        of(REFUSED, KEY + ", Bearer " + Proofs.session("ann@example.org")),
        of(REFUSED, KEY_ASIDE, "x-api-key: " + Proofs.KEY, plain("ann")),
        of(REFUSED, KEY, other, plain("ann")),
        of(REFUSED, session("ann"), "X-API-Key: wrong"),
        of(REFUSED, session("ann") + "x", KEY_ASIDE, plain("ann")),
        of(REFUSED, KEY, plain("ann"), "X-Gateway-Secret: wrong"));
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void twiceOrPartlyWrongIsRefused(String used, List<String> lines) {
    assertEquals(used, used(lines.toArray(String[]::new)));
  }

  @Test
  void aHeaderThatServersReadDifferentlyIsNotAnswered() {
    for (String line : List.of("X-OpenWebUI-User-Email : ann@example.org", plain("ann") + "\n b")) {
      Answer answer = call(null, "/notes/tool_0", List.of(KEY, line));

      assertTrue(answer.status() == 400 || answer.status() == 401, line + " " + answer.status());
    }
  }

  @Test
  void whatTheQueryNamesIsNobody() {
    String query = "?user_email=ann@example.org&token=" + Proofs.session("ann@example.org");

    assertEquals(REFUSED, used(null, query, List.of()));
    assertEquals(REFUSED, used(null, query + "&api_key=" + Proofs.KEY, List.of(KEY)));
    assertEquals(SALES, used(null, query, List.of(KEY, plain("bob"))));
    assertEquals(SALES, used(null, query, List.of(session("bob"))));
  }

  private static InetAddress trusted() throws UnknownHostException {
    return InetAddress.getByName(TRUSTED);
  }

  @Test
  @EnabledOnOs(OS.LINUX) // where every address of 127.0.0.0/8 is there
  void theGatewayIsKnownByItsSecretAndItsAddressTogether() throws UnknownHostException {
    String groups = "X-User-Groups: Vertrieb S%C3%BCd";

    assertEquals(NOTES, used(trusted(), "", List.of(GATEWAY, gatewayNames("ann"))));
    assertEquals(SALES, used(trusted(), "", List.of(GATEWAY, gatewayNames("carol"), groups)));
    assertEquals(NOTES, used(trusted(), "", List.of(GATEWAY, gatewayNames("ann"), session("ann"))));
    assertEquals(REFUSED, used(trusted(), "", List.of(gatewayNames("ann"))));
    assertEquals(
        REFUSED, used(trusted(), "", List.of("X-Gateway-Secret: wrong", gatewayNames("ann"))));
    assertEquals(
        REFUSED, used(trusted(), "", List.of(GATEWAY, gatewayNames("bob"), session("ann"))));
    assertEquals(REFUSED, used(trusted(), "", List.of(GATEWAY, groups)));
  }

  static Stream<List<String>> claimsOfAnAddress() {
    return Stream.of(
        List.of(),
        List.of("X-Forwarded-For: " + TRUSTED),
        List.of("X-Forwarded-For: " + TRUSTED + ", " + TRUSTED, "X-Real-IP: " + TRUSTED),
        List.of("Forwarded: for=" + TRUSTED + ";by=" + TRUSTED, "Via: 1.1 " + TRUSTED),
        List.of(
            "X-Client-IP: " + TRUSTED,
            "True-Client-IP: " + TRUSTED,
            "CF-Connecting-IP: " + TRUSTED));
  }

  @ParameterizedTest
  @MethodSource("claimsOfAnAddress")
  void noHeaderMakesAPeerTrusted(List<String> claim) {
    List<String> lines = new ArrayList<>(claim);
    lines.add(gatewayNames("ann"));
    lines.add("X-User-Groups: MCP-Admin");

    assertEquals(REFUSED, used(lines.toArray(String[]::new)));
    lines.add(GATEWAY);
    assertEquals(REFUSED, used(lines.toArray(String[]::new)));
  }
}
