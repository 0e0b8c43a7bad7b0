package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody meets who does not know the paths, or asks one with another method. */
class FrontIT {
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
  private static final String ANN = "ann@example.org";
  private static final String[] ANNS = {
    "Authorization", "Bearer " + Proofs.KEY, "X-OpenWebUI-User-Email", ANN
  };
  private static final String[] KEY = {"Authorization", "Bearer " + Proofs.KEY};

  private static Product product;
  private static Product proving;

  @BeforeAll
  static void start() {
    Scripted plain = Scripted.stdio().withoutOddTools();
    product =
        Product.serving(
                Map.of(
                    "s", Definition.of(plain),
                    "off", Definition.of(plain).with("disabled", true),
                    "missing", Definition.command("no-such-program"),
                    "homeless", Definition.of(plain).with("cwd", "/no/such/folder")))
            .awaitReady("s");
    proving =
        Product.serving(
                Map.of("s", Definition.of(plain), "other", Definition.of(plain)),
                Map.of("MCP_API_KEY", Proofs.KEY))
            .proving(KEY)
            .awaitReady("s", "other");
    proving
        .sql()
        .run(
            "INSERT INTO user_group_membership VALUES ('" + ANN + "', 'G')",
            "INSERT INTO group_tenant_mapping VALUES ('G', 's')",
            "INSERT INTO group_tool_mapping (group_name, tenant_id, tool_name, allowed)"
                + " VALUES ('G', 's', 'echo', true)");
    proving.await("the grants are known", () -> proving.get("/s", ANNS).status() == 200);
  }

  @AfterAll
  static void stop() {
    product.close();
    proving.close();
  }

  private static Answer send(String method, String path, String... headers) {
    boolean body = Set.of("POST", "PUT", "PATCH").contains(method);
    return product.send(method, path, body ? "{}".getBytes(StandardCharsets.UTF_8) : null, headers);
  }

  private static Set<String> allowed(Answer answer) {
    return new TreeSet<>(List.of(answer.header("Allow").orElse("").split(", ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BROWSER,
        "text/html",
        "TEXT/HTML;q=0.5, */*;q=0.4",
        "application/json;q=0.1, text/html"
      })
  void aBrowserIsLedToThePageToBrowse(String accept) {
    for (Product one : List.of(product, proving)) {
      for (String method : List.of("GET", "HEAD")) {
        Answer answer = one.send(method, "/", null, "Accept", accept);

        assertEquals(302, answer.status());
        assertEquals("docs", answer.header("Location").orElse(""));
        assertEquals("accept", answer.header("Vary").orElse("").toLowerCase());
        assertEquals(0, answer.body().length);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/json",
        "application/json, text/html",
        "text/html;q=0",
        "",
        ";;",
        "a/b;q=x"
      })
  void aProgramIsToldTheAddresses(String accept) {
    for (Product one : List.of(product, proving)) {
      Answer answer = one.get("/", "Accept", accept);

      answer.ok();
      assertEquals("application/json", answer.header("Content-Type").orElse(""));
      JsonNode addresses = answer.json();
      assertEquals("/openapi.json", addresses.path("document").asText());
      for (String name :
          List.of("document", "docs", "servers", "tools", "health", "metrics", "paths")) {
        assertEquals(200, one.get(addresses.path(name).asText(), KEY).status(), name);
      }
    }
  }

  @Test
  void anIconIsKeptForLong() {
    Answer answer = proving.get("/favicon.ico");

    assertEquals(200, answer.status());
    assertEquals("image/x-icon", answer.header("Content-Type").orElse(""));
    assertEquals("public, max-age=2592000", answer.header("Cache-Control").orElse(""));
    assertEquals(1, answer.body()[2], "an icon, and no cursor");
    Answer head = proving.send("HEAD", "/favicon.ico", null);
    assertEquals(200, head.status());
    assertEquals(0, head.body().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs",
        "/s/docs",
        "/servers",
        "/tools",
        "/tenants",
        "/health",
        "/s",
        "/openapi.json",
        "/openapi.yaml",
        "/s/openapi.json",
        "/system",
        "/api/config",
        "/metrics",
        "/q/health/live"
      })
  void aSlashAtTheEndIsNoOtherPath(String path) {
    for (String method : List.of("GET", "HEAD")) {
      Answer with = send(method, path + "/");

      assertEquals(200, with.status(), with.text());
      assertEquals(send(method, path).header("Content-Type"), with.header("Content-Type"));
    }
    assertEquals(allowed(send("OPTIONS", path)), allowed(send("OPTIONS", path + "/")));
  }

  @Test
  void aSlashAtTheEndOpensThePageAndProbesWithoutProofToo() {
    assertEquals(200, proving.get("/docs/").status());
    assertEquals(200, proving.get("/s/docs/").status());
    assertEquals(200, proving.get("/health/").status());
    proving.get("/servers/").refused(401, "unauthenticated");
    proving.get("/metrics/").refused(401, "unauthenticated");
  }

  @ParameterizedTest
  @CsvSource({
    "/docs/, ../webjars/",
    "/s/docs/, ../../webjars/",
    "/docs, webjars/",
    "/s/docs, ../webjars/"
  })
  void thePageToBrowseFindsWhatItLoads(String path, String start) {
    String page = product.get(path).ok();

    assertTrue(page.contains("src=\"" + start + "toolgate/docs.js\""), page);
  }

  @Test
  void aCallMayEndWithASlash() {
    for (String path : List.of("/s/echo/", "//s//echo//", "/s_echo/")) {
      assertEquals("\"x\"", product.post(path, "{\"message\":\"x\"}").ok());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"})
  void aToolIsPosted(String method) {
    for (String path : List.of("/s/echo", "//s/echo", "/s/echo/", "/s_echo", "/s/%65cho")) {
      Answer answer = send(method, path);

      assertEquals(Set.of("POST", "OPTIONS"), allowed(answer), path);
      if (method.equals("OPTIONS")) {
        answer.ok();
      } else if (method.equals("HEAD")) {
        assertEquals(405, answer.status());
      } else {
        String detail = answer.refused(405, "method-not-allowed").path("detail").asText();
        assertTrue(detail.startsWith("This is a tool: POST"), detail);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"})
  void anotherMethodIsToldOfAToolWhatACallIs(String method) {
    for (String path :
        List.of(
            "/s/echo",
            "/s/add",
            "/s/nothing",
            "/s_add",
            "/s_nothing",
            "/other/echo",
            "/other_echo",
            "/groups/G/s/echo",
            "/groups/G/s/add",
            "/groups/G/s_add",
            "/groups/G/other/echo",
            "/groups/Nobody/s/echo")) {
      Answer call = proving.post(path, "[]", ANNS);
      Answer answer = proving.send(method, path, null, ANNS);

      if (call.status() == 400) { // it may be called, but not so
        assertEquals(method.equals("OPTIONS") ? 200 : 405, answer.status(), path);
        assertEquals(Set.of("POST", "OPTIONS"), allowed(answer), path);
      } else {
        assertEquals(
            call.status() + " " + call.json().path("detail"),
            answer.status() + " " + answer.json().path("detail"),
            path);
      }
      proving.send(method, path, null).refused(401, "unauthenticated");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /",
    "POST, /health",
    "POST, /servers",
    "POST, /docs",
    "POST, /openapi.json",
    "POST, /s",
    "POST, /api/config",
    "POST, /metrics",
    "PUT, /s",
    "DELETE, /servers",
    "PATCH, /health",
    "PUT, /s/docs",
    "PUT, /s/openapi.json",
    "DELETE, /favicon.ico",
    "PUT, /",
    "OPTIONS, /tools",
    "OPTIONS, /off",
  })
  void aPageIsRead(String method, String path) {
    Answer answer = send(method, path);

    if (method.equals("OPTIONS")) {
      answer.ok();
    } else {
      String detail = answer.refused(405, "method-not-allowed").path("detail").asText();
      assertTrue(detail.startsWith("This is read with GET"), detail);
    }
    assertEquals(Set.of("GET", "HEAD", "OPTIONS"), allowed(answer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void theDefinitionsAreReadAgainByPost(String method) {
    Answer answer = send(method, "/refresh");

    answer.refused(405, "method-not-allowed");
    assertEquals(Set.of("POST", "OPTIONS"), allowed(answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users",
        "/login",
        "/index.html",
        "/robots.txt",
        "/api",
        "/api/v1/users",
        "/api/v1/auths/signin",
        "/v1/chat/completions",
        "/users/5/posts",
        "/admin",
        "/portal",
        "/.well-known/oauth",
        "/q/nothing",
        "/api/docs",
        "/groups",
        "/sse",
        "/mcp"
      })
  void whatIsNobodysIsToldWhichPathsThereAre(String path) {
    for (String method : List.of("GET", "POST", "PUT", "DELETE", "OPTIONS")) {
      Answer answer = send(method, path);

      JsonNode problem = answer.refused(404, "not-found");
      String detail = problem.path("detail").asText();
      assertTrue(detail.startsWith("There is nothing at this path."), method + " " + detail);
      for (String named : List.of("POST /{server}/{tool}", "/servers", "/openapi.json", "GET /")) {
        assertTrue(detail.contains(named), detail);
      }
      assertFalse(problem.has("server"), answer.text());
    }
    assertEquals(404, send("HEAD", path).status());
  }

  @Test
  void aCallOfAServerThatThereIsNotSaysSo() {
    JsonNode problem = product.post("/nobody/echo", "{}").refused(404, "not-found");

    assertTrue(problem.path("detail").asText().startsWith("There is no such server."));
    assertEquals("nobody", problem.path("server").asText());
  }

  /** Whoever adds a fixed path must say so in rest.Unanswered too. */
  @Test
  void everyDescribedPathIsAskedAsDescribed() {
    JsonNode described = product.get("/q/openapi?format=json").json().path("paths");
    List<String> wrong = new ArrayList<>();
    described
        .properties()
        .forEach(
            path -> {
              String real = path.getKey().replace("{server}", "s").replace("{group}", "g");
              Set<String> methods = allowed(send("OPTIONS", real));
              path.getValue()
                  .fieldNames()
                  .forEachRemaining(
                      method -> {
                        if (!methods.contains(method.toUpperCase())) {
                          wrong.add(method + " " + path.getKey());
                        }
                      });
            });

    assertTrue(described.size() > 10, described.toString());
    assertEquals(List.of(), wrong);
  }

  @ParameterizedTest
  @CsvSource({
    "missing, The program \"no-such-program\" was not found or cannot be run.",
    "homeless, Its working folder /no/such/folder does not exist."
  })
  void whatTryingAgainCannotMendIsToldWithoutAPromise(String server, String reason) {
    product.awaitStatus(server, "failed");

    Answer answer = product.post("/" + server + "/echo", "{}");

    String detail = answer.refused(503, "upstream-unavailable").path("detail").asText();
    assertTrue(detail.startsWith("The server is down. " + reason), detail);
    assertTrue(detail.contains("looked at again"), detail);
    assertFalse(answer.header("Retry-After").isPresent(), answer.headers().toString());
  }

  @Test
  void aForeignHostIsToldOfTheKeyFirst() {
    Answer answer =
        RawRequest.send(
            product.url(),
            "GET /servers HTTP/1.1\nHost: host.docker.internal:8000\nConnection: close",
            new byte[0]);

    String detail = answer.refused(403, "not-granted").path("detail").asText();
    assertTrue(detail.indexOf("MCP_API_KEY") > 0, detail);
    assertTrue(detail.indexOf("MCP_API_KEY") < detail.indexOf("ALLOW_ANONYMOUS"), detail);
  }
}
