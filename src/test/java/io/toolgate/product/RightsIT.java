package io.toolgate.product;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.ValidatableResponse;
import io.toolgate.scripted.Scripted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators, holders of keys and other users may know and do. */
class RightsIT {
  private static final String LAST_WORDS = "no licence in /etc/licence";
  private static Product product;

  @BeforeAll
  static void start() {
    Scripted plain = Scripted.stdio().withoutOddTools();
    product =
        Product.serving(
                Map.of(
                    "s", Definition.of(plain),
                    "broken",
                        Definition.command("sh", "-c", "echo '" + LAST_WORDS + "' >&2; exit 7"),
                    "gone", Definition.command("no-such-program-anywhere"),
                    "lacking", Definition.of(plain).with("requires", List.of("NEVER_SET_HERE"))),
                Proofs.environment("REQUIRE_USER", "false"))
            .proving("Authorization", "Bearer " + Proofs.KEY)
            .awaitReady("s");
    product.awaitStatus("broken", "failed");
    product.awaitStatus("gone", "failed");
    product.await(
        "grants are read",
        () -> Proofs.as(Proofs.ANN, product).get("/servers").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void aKeyAloneCallsWhereNoUserIsRequired() {
    Proofs.withKey(product)
        .body("{\"message\":\"m\"}")
        .post("/s/echo")
        .then()
        .statusCode(200)
        .body(equalTo("\"m\""));
    assertTrue(
        product.log().stream().anyMatch(line -> line.contains("REQUIRE_USER is false")),
        product.log().toString());
  }

  @Test
  void aKeyOfAGroupThatHasNothingCallsNothing() {
    Proofs.to(product)
        .header("X-API-Key", Proofs.LIMITED_KEY)
        .body("{\"message\":\"m\"}")
        .post("/s/echo")
        .then()
        .statusCode(403)
        .body("type", is("not-granted"));
  }

  @Test
  void whoIsInNoGroupSeesAndCallsNothing() {
    Proofs.as(Proofs.BOB, product)
        .get("/servers")
        .then()
        .statusCode(200)
        .body("total_servers", is(0));
    Proofs.as(Proofs.BOB, product)
        .body("{\"message\":\"m\"}")
        .post("/s/echo")
        .then()
        .statusCode(403)
        .body("type", is("not-granted"));
  }

  @Test
  void administratorsAndHoldersOfAKeyRefresh() {
    Proofs.withKey(product).post("/refresh").then().statusCode(200);
    Proofs.as(Proofs.ANN, product).post("/refresh").then().statusCode(200);

    ValidatableResponse refused = Proofs.as(Proofs.BOB, product).post("/refresh").then();

    refused
        .statusCode(403)
        .body("type", is("not-granted"))
        .body("detail", is("Only an administrator or the holder of a key may do this."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/q/metrics", "/q/metrics/", "//q//metrics"})
  void administratorsAndHoldersOfAKeySeeTheMetrics(String path) {
    Proofs.withKey(product).get(path).then().statusCode(200).body(containsString("jvm_"));
    Proofs.as(Proofs.ANN, product).get(path).then().statusCode(200);

    ValidatableResponse refused = Proofs.as(Proofs.BOB, product).get(path).then();

    refused.statusCode(403).body("type", is("not-granted"));
  }

  private static JsonNode entry(Answer listing, String server) {
    for (JsonNode entry : listing.json().path("servers")) {
      if (entry.path("id").asText().equals(server)) {
        return entry;
      }
    }
    throw new AssertionError(listing.text());
  }

  private static Answer servers(String... proof) {
    return product.get("/servers", proof);
  }

  private static String[] ann() {
    return new String[] {
      "Authorization", "Bearer " + Proofs.KEY, "X-OpenWebUI-User-Jwt", Proofs.signed(Proofs.ANN)
    };
  }

  private static String[] key() {
    return new String[] {"Authorization", "Bearer " + Proofs.KEY};
  }

  @Test
  void administratorsSeeWhyServersFail() {
    Answer listing = servers(ann());

    assertTrue(entry(listing, "broken").path("reason").asText().contains("exit code 7"));
    assertEquals(LAST_WORDS, entry(listing, "broken").path("stderr").path(0).asText());
    assertTrue(entry(listing, "gone").path("reason").asText().contains("no-such-program"));
    assertEquals("needs NEVER_SET_HERE", entry(listing, "lacking").path("reason").asText());
    JsonNode alone = product.get("/broken", ann()).json();
    assertEquals(LAST_WORDS, alone.path("stderr").path(0).asText());
  }

  @Test
  void othersSeeOfWhichKindAFailureIs() {
    Answer listing = servers(key());

    assertEquals("not-started", entry(listing, "broken").path("reason").asText());
    assertEquals("not-started", entry(listing, "gone").path("reason").asText());
    assertEquals("disabled", entry(listing, "lacking").path("status").asText());
    assertEquals("not-started", product.get("/broken", key()).json().path("reason").asText());
    for (String path : new String[] {"/servers", "/broken", "/gone", "/lacking"}) {
      sayNothingInDetail(product.get(path, key()));
    }
  }

  @Test
  void callsAndDocumentsOfServersThatAreDownSayNoMore() {
    Answer call = product.post("/broken/any", "{}", key());
    Answer off = product.post("/lacking/any", "{}", key());
    Answer document = product.get("/lacking/openapi.json", key());

    assertEquals(
        "The server is down: it could not be started. An administrator sees why at GET /servers.",
        call.refused(503, "upstream-unavailable").path("detail").asText());
    assertTrue(call.header("Retry-After").isPresent());
    for (Answer answer : List.of(off, document)) {
      assertEquals(
          "The server is switched off. An administrator sees why at GET /servers.",
          answer.refused(503, "upstream-unavailable").path("detail").asText());
    }
    Answer explained = product.post("/broken/any", "{}", ann());
    assertTrue(explained.text().contains(LAST_WORDS), explained.text());
  }

  private static void sayNothingInDetail(Answer answer) {
    for (String detail :
        List.of(LAST_WORDS, "exit code", "no-such-program", "NEVER_SET_HERE", "stderr")) {
      assertTrue(!answer.text().contains(detail), answer.text());
    }
  }

  @Test
  void healthWithoutProofIsAStateAndNumbers() {
    JsonNode health = product.get("/health").json();

    List<String> fields = new ArrayList<>();
    health.fieldNames().forEachRemaining(fields::add);
    assertEquals(
        List.of("status", "service", "tools_cached", "tenants", "meta_tools_mode", "database"),
        fields);
    assertEquals("degraded", health.path("status").asText());
    assertEquals(3, health.path("tenants").intValue());
  }

  @Test
  void healthWithProofNamesTheServersOfTheCaller() {
    Proofs.withKey(product)
        .get("/health")
        .then()
        .body("servers", is(Map.of("s", "ready", "broken", "failed", "gone", "failed")))
        .body("database_kind", is("embedded"));
    Proofs.as(Proofs.BOB, product).get("/health").then().body("servers", is(Map.of()));
    Proofs.to(product)
        .header("Authorization", "Bearer wrong")
        .get("/health")
        .then()
        .statusCode(200)
        .body("$", not(hasKey("servers")));
  }
}
