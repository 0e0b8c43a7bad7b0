package io.toolgate.product;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.identity.Minted;
import io.toolgate.scripted.Scripted;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes in where authentication is configured, and what everybody else meets. */
class AuthenticationIT {
  private static final String CHALLENGE = "Bearer realm=\"toolgate\"";
  private static final String INVALID = CHALLENGE + ", error=\"invalid_token\"";
  private static final byte[] NOTHING = new byte[0];
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        Product.serving(
                Map.of("s", Definition.of(Scripted.stdio().withoutOddTools())),
                Proofs.environment())
            .proving("Authorization", "Bearer " + Proofs.KEY)
            .awaitReady("s");
    product.await(
        "grants are read",
        () -> Proofs.as(Proofs.ANN, product).get("/servers").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  static Stream<Map<String, String>> services() {
    String basic =
        Base64.getEncoder().encodeToString(("any:" + Proofs.KEY).getBytes(StandardCharsets.UTF_8));
    return Stream.of(
        Map.of("Authorization", "Bearer " + Proofs.KEY),
        Map.of("Authorization", "bearer " + Proofs.KEY),
        Map.of("Authorization", "Basic " + basic),
        Map.of("X-API-Key", Proofs.KEY));
  }

  @ParameterizedTest
  @MethodSource("services")
  void aKeyProvesAServiceThatReads(Map<String, String> proof) {
    Proofs.to(product)
        .headers(proof)
        .get("/servers")
        .then()
        .statusCode(200)
        .body("servers.id", is(List.of("s")));
    Proofs.to(product).headers(proof).get("/openapi.json").then().statusCode(200);
  }

  @ParameterizedTest
  @MethodSource("services")
  void aKeyAloneCallsNothingWhereAUserIsRequired(Map<String, String> proof) {
    Proofs.to(product)
        .headers(proof)
        .body("{\"message\":\"m\"}")
        .post("/s/echo")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", CHALLENGE)
        .body("detail", containsString("ENABLE_FORWARD_USER_INFO_HEADERS"))
        .body("detail", containsString("REQUIRE_USER"));
  }

  static Stream<Map<String, String>> users() {
    return Stream.of(
        Map.of(
            "Authorization",
            "Bearer " + Proofs.KEY,
            "X-OpenWebUI-User-Jwt",
            Proofs.signed(Proofs.ANN)),
        Map.of("Authorization", "Bearer " + Proofs.session(Proofs.ANN)),
        Map.of("Authorization", "Bearer " + Proofs.session(Proofs.ANN), "X-API-Key", Proofs.KEY),
        Map.of("X-Gateway-Secret", Proofs.GATEWAY_SECRET, "X-User-Email", "ANN@example.org"),
        Map.of(
            "X-Gateway-Secret",
            Proofs.GATEWAY_SECRET,
            "X-User-Email",
            Proofs.BOB,
            "X-User-Groups",
            "Other,MCP-Admin"));
  }

  @ParameterizedTest
  @MethodSource("users")
  void eachSourceProvesAUserWhoCalls(Map<String, String> proof) {
    Proofs.to(product)
        .headers(proof)
        .body("{\"message\":\"m\"}")
        .post("/s/echo")
        .then()
        .statusCode(200)
        .body(equalTo("\"m\""));
  }

  @Test
  void theAccessLogNamesTheUser() {
    Proofs.as(Proofs.ANN, product)
        .header("X-Request-Id", "seen-in-the-log")
        .body("{\"message\":\"m\"}")
        .post("/s/echo");

    product.await(
        "the call is in the log",
        () ->
            product.log().stream()
                .anyMatch(line -> line.contains("id=seen-in-the-log caller=ann@example.org")));
  }

  static Stream<Arguments> forgeries() {
    return Stream.of(
        Arguments.of(Map.of("Authorization", "Bearer wrong"), INVALID),
        Arguments.of(
            Map.of(
                "Authorization",
                "Bearer "
                    + Minted.session("1").claim("email", Proofs.ANN).sign("another-secret-012345")),
            INVALID),
        Arguments.of(
            Map.of(
                "Authorization",
                "Bearer "
                    + Minted.session("1")
                        .claim("email", Proofs.ANN)
                        .claim("exp", 1_000_000)
                        .sign(Proofs.SESSION_SECRET)),
            INVALID),
        Arguments.of(Map.of("Authorization", "Basic d3Jvbmc6d3Jvbmc="), CHALLENGE),
        Arguments.of(Map.of("Authorization", "Negotiate x"), CHALLENGE),
        Arguments.of(Map.of("X-API-Key", "wrong"), CHALLENGE),
        Arguments.of(Map.of("X-Gateway-Secret", "wrong", "X-User-Email", Proofs.ANN), CHALLENGE),
        Arguments.of(
            Map.of("X-OpenWebUI-User-Jwt", Proofs.signed(Proofs.ANN)), CHALLENGE), // without key
        Arguments.of(
            Map.of(
                "X-API-Key",
                Proofs.KEY,
                "X-OpenWebUI-User-Jwt",
                Minted.header(Proofs.ANN).sign("another-secret-012345")),
            CHALLENGE),
        Arguments.of(
            Map.of("X-API-Key", Proofs.KEY, "X-OpenWebUI-User-Email", Proofs.ANN), CHALLENGE),
        Arguments.of(
            Map.of(
                "X-API-Key",
                Proofs.KEY,
                "X-OpenWebUI-User-Jwt",
                Proofs.signed(Proofs.BOB),
                "Authorization",
                "Bearer " + Proofs.session(Proofs.ANN)),
            INVALID));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void aBadProofIs401EverywhereButAtHealth(Map<String, String> proof, String challenge) {
    for (String path : new String[] {"/servers", "/openapi.json", "/docs", "/nothing/here"}) {
      Proofs.to(product)
          .headers(proof)
          .get(path)
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .header("WWW-Authenticate", challenge)
          .body("type", is("unauthenticated"));
    }
    Proofs.to(product).headers(proof).body("{}").post("/s/echo").then().statusCode(401);
    Proofs.to(product)
        .headers(proof)
        .get("/health")
        .then()
        .statusCode(200)
        .body("$", not(hasKey("servers")));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /openapi.json",
    "GET, //openapi.json",
    "GET, /openapi.yaml",
    "GET, /s/openapi.json",
    "GET, /nobody/openapi.json",
    "GET, /servers",
    "HEAD, /servers",
    "GET, /tools",
    "GET, /tenants",
    "GET, /s",
    "GET, /nobody",
    "GET, /api/config",
    "GET, /system",
    "GET, /metrics",
    "GET, /q/metrics",
    "GET, /q/metrics/",
    "GET, /q/metrics/x",
    "GET, /q/openapi",
    "GET, /q/health/x",
    "GET, /q/nothing",
    "GET, /groups/MCP-Admin/openapi.json",
    "GET, /nothing/at/all",
    "POST, /",
    "POST, /refresh",
    "POST, /s/echo",
    "POST, /s/nothing",
    "POST, /nobody/echo",
    "POST, /s_echo",
    "POST, /health",
    "POST, /docs",
    "POST, /webjars/toolgate/docs.js",
    "PUT, /s/echo",
    "DELETE, /servers",
    "PATCH, /health",
    "OPTIONS, /servers",
    "TRACE, /servers",
    "INVENTED, /servers",
  })
  void withoutProofEveryPathIsTheSame401(String method, String path) {
    Answer answer = product.send(method, path, method.equals("POST") ? NOTHING : null);

    assertEquals(401, answer.status(), answer.text());
    assertEquals(CHALLENGE, answer.header("WWW-Authenticate").orElse(""));
    if (!method.equals("HEAD")) {
      String known = product.get("/servers").json().path("detail").asText();
      assertEquals(known, answer.refused(401, "unauthenticated").path("detail").asText());
      assertFalse(answer.json().has("server"), answer.text());
    }
  }

  /** Targets that a router and a list of open paths could read differently. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/servers",
        "http://localhost/health/../servers",
        "//servers",
        "///s//echo",
        "/%73ervers",
        "/servers;x=1",
        "/servers;/health",
        "/servers?/health",
        "/servers#/health",
        "/health/../servers",
        "/health/%2e%2e/servers",
        "/health/..;/servers",
        "/health;/../servers",
        "/health%2f..%2fservers",
        "/health%3b/servers",
        "/docs/../servers",
        "/docs/..%2Fservers",
        "/s/docs/../../tools",
        "/webjars/toolgate/../../servers",
        "/webjars/toolgate/..%2f..%2fservers",
        "/webjars/toolgate/docs.js/../../../openapi.json",
        "/webjars/openapi.json",
        "/schemas/../openapi.json",
        "/q/health/../metrics",
        "/q/health/..%2fmetrics",
        "/./metrics",
        "/q/./metrics",
        "/metrics;x=1",
        "/q/metrics;x=1",
        "/s/docs;x=1",
        "/servers/",
        "/Servers",
        "/%zz",
        "/servers%00/health",
      })
  void noSpellingOfAPathSlipsPast(String target) {
    for (String method : new String[] {"GET", "HEAD", "POST"}) {
      Answer answer =
          RawRequest.send(
              product.url(),
              method
                  + " "
                  + target
                  + " HTTP/1.1\nHost: localhost\nContent-Length: 0\nConnection: close",
              NOTHING);

      assertTrue(
          answer.status() == 401 || answer.status() == 400, answer.status() + " " + answer.text());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "//health",
        "/%68ealth",
        "/q/health",
        "/q/health/live",
        "/q/health/ready",
        "/docs",
        "/s/docs",
        "/webjars/toolgate/docs.js",
        "/schemas/tenant-file.schema.json"
      })
  void whatIsTheSameForEverybodyNeedsNoProof(String path) {
    Proofs.to(product).get(path).then().statusCode(200);
    Proofs.to(product).head(path).then().statusCode(200);
  }

  @Test
  void thePageToBrowseTellsNothingOfServers() {
    String known = Proofs.to(product).get("/s/docs").asString();
    String unknown = Proofs.to(product).get("/nobody/docs").asString();

    assertEquals(known, unknown);
    Proofs.withKey(product).get("/nobody/docs").then().statusCode(404);
  }

  @Test
  void a401ComesBeforeTheBodyDoes() {
    Answer huge =
        RawRequest.send(
            product.url(),
            "POST /s/echo HTTP/1.1\nHost: localhost\nContent-Length: 5000000000\nConnection: close",
            NOTHING);
    Answer wrong =
        RawRequest.send(
            product.url(),
            "POST /s/echo HTTP/1.1\nHost: localhost\nAuthorization: Bearer wrong\nTransfer-Encoding: chunked\nConnection: close",
            NOTHING);

    huge.refused(401, "unauthenticated");
    wrong.refused(401, "unauthenticated");
  }

  @Test
  void aBodyThatIsSentAllTheSameIsThrownAway() {
    byte[] body = new byte[9 << 20];

    Answer answer =
        RawRequest.send(
            product.url(),
            "POST /s/echo HTTP/1.1\nHost: localhost\nConnection: close\nContent-Length: "
                + body.length,
            body);

    answer.refused(401, "unauthenticated");
  }

  @Test
  void whoProvesNothingIsCutOffAfterWhatABodyMayHave() {
    byte[] body = new byte[100 << 20];

    assertThrows(
        AssertionError.class,
        () ->
            RawRequest.send(
                product.url(),
                "POST /s/echo HTTP/1.1\nHost: localhost\nConnection: close\nContent-Length: "
                    + body.length,
                body));
  }

  @Test
  void whoProvesNothingIsNotToldToSendABody() {
    String head =
        "POST /s/echo HTTP/1.1\nHost: localhost\nExpect: 100-continue\nContent-Length: 15";

    String refused = RawRequest.firstLine(product.url(), head);
    String wanted =
        RawRequest.firstLine(
            product.url(),
            head
                + "\nAuthorization: Bearer "
                + Proofs.KEY
                + "\nX-OpenWebUI-User-Jwt: "
                + Proofs.signed(Proofs.ANN));

    assertEquals("HTTP/1.1 401 Unauthorized", refused);
    assertEquals("HTTP/1.1 100 Continue", wanted);
  }

  /** A gateway that passes it on would pass on unread whatever its client sends then. */
  @ParameterizedTest
  @ValueSource(strings = {"h2c", "websocket", "h2c, websocket"})
  void noConnectionIsTurnedIntoATunnel(String protocol) {
    Answer answer =
        RawRequest.send(
            product.url(),
            "GET /servers HTTP/1.1\nHost: localhost\nConnection: Upgrade, HTTP2-Settings, close\n"
                + "HTTP2-Settings: AAMAAABkAAQAAP__\nSec-WebSocket-Version: 13\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\nUpgrade: "
                + protocol
                + "\nAuthorization: Bearer "
                + Proofs.KEY,
            NOTHING);

    assertEquals(200, answer.status());
  }

  @Test
  void anAuthorizationThatOccursTwiceIs401() {
    Answer answer =
        RawRequest.send(
            product.url(),
            "GET /servers HTTP/1.1\nHost: localhost\nConnection: close\nAuthorization: Bearer "
                + Proofs.KEY
                + "\nAuthorization: Bearer "
                + Proofs.KEY,
            NOTHING);

    assertTrue(
        answer.refused(401, "unauthenticated").path("detail").asText().contains("more than once"));
  }

  @Test
  void cookiesAndQueryParametersProveNothing() {
    Proofs.to(product)
        .cookie("token", Proofs.session(Proofs.ANN))
        .get("/servers?api_key=" + Proofs.KEY + "&user_email=" + Proofs.ANN)
        .then()
        .statusCode(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"toolgate.example", "10.0.0.1:8000"})
  void anyHostIsAnswered(String host) {
    Answer answer =
        RawRequest.send(
            product.url(),
            "GET /servers HTTP/1.1\nHost: "
                + host
                + "\nConnection: close\nAuthorization: Bearer "
                + Proofs.KEY,
            NOTHING);

    answer.ok();
  }

  @Test
  void headersThatNothingProvesAreIgnoredAndCounted() {
    double before = unproven();

    Proofs.withKey(product)
        .header("X-User-Email", Proofs.ANN)
        .header("X-User-Admin", "true")
        .body("{}")
        .post("/s/echo")
        .then()
        .statusCode(401);

    assertEquals(before + 1, unproven());
  }

  private static double unproven() {
    String metrics = Proofs.withKey(product).get("/metrics").asString();
    return metrics
        .lines()
        .filter(line -> line.startsWith("toolgate_identity_unproven_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow(() -> new AssertionError(metrics));
  }

  @Test
  void theLogSaysWhichProofsAreAcceptedAndNoSecret() {
    String log = String.join("\n", product.log());

    assertTrue(
        log.contains(
            "Callers prove who they are by one of the keys, or the word of the gateway, or Open WebUI's signed header, or a session token of Open WebUI"),
        log);
    Set<String> shown = new HashSet<>();
    for (String secret : Proofs.secrets()) {
      if (log.contains(secret)) {
        shown.add(secret);
      }
    }
    assertEquals(Set.of(), shown);
  }
}
