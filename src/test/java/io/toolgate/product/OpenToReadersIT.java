package io.toolgate.product;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.toolgate.scripted.Scripted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code OPENAPI_PUBLIC} and {@code REQUIRE_AUTH_FOR_LISTING} open, and what not. */
class OpenToReadersIT {
  private static Product documents;
  private static Product listings;

  @BeforeAll
  static void start() {
    documents = started("OPENAPI_PUBLIC", "true");
    listings = started("REQUIRE_AUTH_FOR_LISTING", "false");
  }

  private static Product started(String name, String value) {
    Scripted plain = Scripted.stdio().withoutOddTools().instructions("Be kind.");
    return Product.serving(
            Map.of(
                "s", Definition.of(plain).with("instructions", true),
                "broken", Definition.command("sh", "-c", "echo why >&2; exit 7")),
            Map.of("MCP_API_KEY", Proofs.KEY, name, value))
        .proving("Authorization", "Bearer " + Proofs.KEY)
        .awaitReady("s");
  }

  @AfterAll
  static void stop() {
    documents.close();
    listings.close();
  }

  @Test
  void theDocumentHasEveryOperationForReadersWithoutProof() {
    Proofs.to(documents)
        .get("/openapi.json")
        .then()
        .statusCode(200)
        .body("paths", hasKey("/s/echo"));
    Proofs.to(documents).get("//openapi.json").then().statusCode(200);
    Proofs.to(documents).get("/openapi.yaml").then().statusCode(200);
    Proofs.to(documents).head("/openapi.json").then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /s/echo",
    "POST, /openapi.json",
    "POST, /refresh",
    "GET, /servers",
    "GET, /tools",
    "GET, /s",
    "GET, /system",
    "GET, /api/config",
    "GET, /metrics",
    "GET, /q/openapi",
    "GET, /openapi.json;x=1",
  })
  void aPublicDocumentOpensNothingElse(String method, String path) {
    Proofs.to(documents).request(method, path).then().statusCode(401);
  }

  @Test
  void openListingsShowEveryServerAndNoReasons() {
    Proofs.to(listings)
        .get("/servers")
        .then()
        .statusCode(200)
        .body("servers.id", containsInAnyOrder("s", "broken"))
        .body("servers.find { it.id == 's' }.status", is("ready"));
    listings.awaitStatus("broken", "failed");
    Proofs.to(listings)
        .get("/broken")
        .then()
        .statusCode(200)
        .body("reason", is("not-started"))
        .body("$", not(hasKey("stderr")));
    Proofs.to(listings).get("/tools").then().statusCode(200);
    Proofs.to(listings).get("/s").then().statusCode(200).body("tools.name", is(toolNames()));
  }

  private static List<String> toolNames() {
    return Proofs.withKey(listings).get("/s").jsonPath().getList("tools.name");
  }

  @Test
  void openListingsHaveTheTextForTheModel() {
    Proofs.to(listings).get("/api/config").then().body("features.system", is(true));
    Proofs.to(listings).get("/system").then().body("prompt", containsString("Be kind."));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /s/echo",
    "POST, /servers",
    "POST, /refresh",
    "GET, /openapi.json",
    "GET, /openapi.json;x=1",
    "GET, /openapi.yaml",
    "GET, /s/openapi.json",
    "GET, /metrics",
    "GET, /q/metrics",
    "GET, /q/openapi",
  })
  void openListingsOpenNothingElse(String method, String path) {
    Proofs.to(listings).request(method, path).then().statusCode(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Forwarded-For", "x-forwarded-host", "X-Forwarded-Anything", "Forwarded", "via"})
  void nothingIsOpenThroughAProxy(String header) {
    Proofs.to(documents)
        .header(header, "1.1 proxy")
        .get("/openapi.json")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer realm=\"toolgate\"")
        .body("detail", containsString("not through a proxy"));
    Proofs.to(listings)
        .header(header, "1.1 proxy")
        .get("/servers")
        .then()
        .statusCode(401)
        .body("detail", containsString("not through a proxy"));
    Proofs.withKey(documents)
        .header(header, "1.1 proxy")
        .get("/openapi.json")
        .then()
        .statusCode(200);
  }

  @Test
  void aBadProofIsNoProofLessReader() {
    Proofs.to(documents)
        .header("Authorization", "Bearer wrong")
        .get("/openapi.json")
        .then()
        .statusCode(401);
    Proofs.to(listings).header("X-API-Key", "wrong").get("/servers").then().statusCode(401);
  }
}
