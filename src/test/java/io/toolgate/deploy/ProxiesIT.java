package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.product.Answer;
import io.toolgate.product.Definition;
import io.toolgate.product.Product;
import io.toolgate.product.RawRequest;
import io.toolgate.product.Requires;
import io.toolgate.scripted.Scripted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Toolgate behind the real proxies, with the files that are shipped for them. */
@Tag("debian")
class ProxiesIT {
  private static final String SECRET = "the-secret-of-the-gateway-0123456789";
  private static final String KEY = "a-key-for-open-webui-0123456789";
  private static final String ECHO = "{\"message\":\"m\"}";
  private static final int LONG_CALL_MILLIS = 100_000;
  private static final int MEGABYTES_20 = 20_000_000;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  @TempDir static Path folder;

  private static final List<FrontProxy> proxies = new ArrayList<>();
  private static final Map<String, CompletableFuture<HttpResponse<String>>> longCalls =
      new HashMap<>();
  private static Authenticator authenticator;
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    product =
        Product.serving(
            Map.of("s", Definition.of(Scripted.stdio().withoutOddTools().heap("512m"))),
            Map.of(
                "API_GATEWAY_MODE",
                "true",
                "GATEWAY_SHARED_SECRET",
                SECRET,
                "MCP_API_KEY",
                KEY,
                "CALL_TIMEOUT",
                "5m"));
    product
        .sql()
        .run(
            "INSERT INTO user_group_membership VALUES ('ann@example.org', 'Sales')",
            "INSERT INTO group_tenant_mapping VALUES ('Sales', 's')");
    authenticator = new Authenticator();
    String toolgate = product.url().replace("http://localhost", "127.0.0.1");
    proxies.add(FrontProxy.caddy(made("caddy"), toolgate, authenticator.address(), SECRET));
    proxies.add(FrontProxy.nginx(made("nginx"), toolgate, authenticator.address(), SECRET));
    for (FrontProxy proxy : proxies) {
      product.await("ann may call", () -> echo(proxy, ann()).status() == 200);
      longCalls.put(proxy.name(), longCall(proxy));
    }
  }

  private static Path made(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  private static CompletableFuture<HttpResponse<String>> longCall(FrontProxy proxy) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(proxy.tools() + "/s/slow"))
            .headers(ann())
            .timeout(Duration.ofMinutes(3))
            .POST(HttpRequest.BodyPublishers.ofString("{\"ms\":" + LONG_CALL_MILLIS + "}"))
            .build();
    return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  @AfterAll
  static void stop() {
    proxies.forEach(FrontProxy::close);
    authenticator.close();
    product.close();
  }

  static List<FrontProxy> proxies() {
    return proxies;
  }

  private static String[] ann() {
    return new String[] {"Cookie", Authenticator.cookie("ann")};
  }

  private static String[] bobAnd(String... more) {
    return Stream.concat(Stream.of("Cookie", Authenticator.cookie("bob")), Stream.of(more))
        .toArray(String[]::new);
  }

  private static Answer post(FrontProxy proxy, String path, String body, String... headers) {
    return Answer.to("POST", proxy.tools() + path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private static Answer echo(FrontProxy proxy, String... headers) {
    return post(proxy, "/s/echo", ECHO, headers);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("proxies")
  void usersCallWhatTheirGroupsGrant(FrontProxy proxy) {
    assertEquals("\"m\"", echo(proxy, ann()).ok());
    assertEquals("\"m\"", echo(proxy, "Authorization", "Bearer token-of-ann").ok());
    assertEquals("\"m\"", echo(proxy, "Cookie", Authenticator.cookie("carol")).ok());
    echo(proxy, bobAnd()).refused(403, "not-granted");
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("proxies")
  void whoIsNotSignedInGetsNowhere(FrontProxy proxy) {
    Answer program = echo(proxy);
    Answer browser =
        Answer.to("GET", proxy.tools() + "/docs", null, "Accept", "text/html,application/xml");

    assertEquals(401, program.status());
    assertEquals("Bearer", program.header("WWW-Authenticate").orElse(""));
    assertEquals("unauthenticated", program.json().path("type").asText());
    assertEquals(302, browser.status());
    assertEquals("/oauth2/sign_in?rd=/docs", browser.header("Location").orElse(""));
    Answer page = Answer.to("GET", proxy.tools() + "/oauth2/sign_in?rd=/docs", null);
    assertEquals("sign in", page.text());
  }

  /** Every header that names or proves somebody to Toolgate, its proxies or its predecessor. */
  static List<String[]> forgeries() {
    List<String[]> all = new ArrayList<>();
    Map.of(
            "X-User-Email", "ann@example.org",
            "X-User-Groups", "Sales,MCP-Admin",
            "X-User-Admin", "true",
            "X-User-OID", "id-of-ann",
            "X-Tenant-ID", "Sales",
            "X-Gateway-Secret", SECRET,
            "X-Gateway-Validated", "true",
            "X-API-Key", KEY,
            "X-Entra-Groups", "MCP-Admin",
            "X-Auth-Source", "entra-token")
        .forEach((name, value) -> all.add(new String[] {name, value}));
    for (String name : List.of("Email", "Id", "Name", "Role", "Groups", "Jwt")) {
      all.add(new String[] {"X-OpenWebUI-User-" + name, "ann@example.org"});
    }
    for (String name : List.of("User", "Email", "Groups", "Preferred-Username")) {
      all.add(new String[] {"X-Auth-Request-" + name, "ann@example.org"});
      all.add(new String[] {"X-Forwarded-" + name, "ann@example.org"});
    }
    all.add(new String[] {"x_user_email", "ann@example.org"});
    all.add(new String[] {"X-USER-EMAIL", "ann@example.org"});
    List<String> everything = new ArrayList<>();
    all.forEach(header -> everything.addAll(List.of(header)));
    all.add(everything.toArray(String[]::new));
    all.add(
        new String[] {
          "X-Gateway-Secret", SECRET, "X-User-Email", "ann@example.org", "X-User-Groups", "Sales"
        });
    all.add(new String[] {"X-API-Key", KEY, "X-OpenWebUI-User-Email", "ann@example.org"});
    return all;
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("proxies")
  void forgedHeadersReachNobodysTools(FrontProxy proxy) {
    for (String[] forged : forgeries()) {
      String which = String.join(" ", forged);
      assertEquals(401, echo(proxy, forged).status(), which);
      echo(proxy, bobAnd(forged)).refused(403, "not-granted");
      post(proxy, "/refresh", "{}", bobAnd(forged)).refused(403, "not-granted");
      Answer document = Answer.to("GET", proxy.tools() + "/openapi.json", null, bobAnd(forged));
      assertEquals(0, document.json().path("paths").size(), which);
    }
  }

  /** A client says in it which headers are for the next hop alone. */
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("proxies")
  void aConnectionHeaderTakesNothingAway(FrontProxy proxy) {
    for (String name : List.of("X-User-Email", "X-Gateway-Secret", "X-User-Groups")) {
      Answer answer =
          raw(proxy, "bob", "Connection: close, " + name + "\nX-User-Email: ann@example.org");

      assertEquals(403, answer.status(), name + ": " + answer.text());
      assertEquals(200, raw(proxy, "carol", "Connection: close, " + name).status(), name);
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("proxies")
  void aHeaderThatIsThereTwiceNamesNobodyElse(FrontProxy proxy) {
    Answer answer =
        raw(
            proxy,
            "bob",
            "X-User-Email: ann@example.org\nX-User-Email: ann@example.org\nConnection: close");

    assertEquals(403, answer.status(), answer.text());
  }

  private static Answer raw(FrontProxy proxy, String user, String headers) {
    return RawRequest.send(
        proxy.tools(),
        "POST /s/echo HTTP/1.1\nHost: localhost\nContent-Length: "
            + ECHO.length()
            + "\nCookie: "
            + Authenticator.cookie(user)
            + "\n"
            + headers,
        ECHO.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void toolgateIsToldTheUserAndWhatTheAuthenticatorNeedsGoesNoFurther() throws IOException {
    try (Ticker shows = new Ticker();
        FrontProxy caddy =
            FrontProxy.caddy(
                made("shows-caddy"), shows.address(), authenticator.address(), SECRET);
        FrontProxy nginx =
            FrontProxy.nginx(
                made("shows-nginx"), shows.address(), authenticator.address(), SECRET)) {
      for (FrontProxy proxy : List.of(caddy, nginx)) {
        String ann = headers(proxy, "Authorization", "Bearer token-of-ann", "X-API-Key", KEY);
        String carol = headers(proxy, "Cookie", Authenticator.cookie("carol"));

        assertTrue(ann.contains("=[ann@example.org]"), ann);
        assertTrue(carol.contains("=[Other,Sales]"), carol);
        for (String unwanted :
            List.of("token-of-ann", KEY, Authenticator.cookie(""), "reverse_proxy.header")) {
          assertFalse((ann + carol).contains(unwanted), proxy + ": " + ann + carol);
        }
      }
    }
  }

  private static String headers(FrontProxy proxy, String... sent) {
    return Answer.to("GET", proxy.tools() + "/headers", null, sent).ok();
  }

  /** As curl asks for large bodies. */
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("proxies")
  void aClientMayAskWhetherItsBodyIsWelcome(FrontProxy proxy) throws IOException {
    Requires.curl();
    Path body = folder.resolve("large");
    Files.writeString(body, "{\"message\":\"" + "y".repeat(8_000_000) + "\"}");
    String written =
        Ran.command(
                Map.of(),
                "curl",
                "--silent",
                "--max-time",
                "30",
                "--header",
                "Expect: 100-continue",
                "--header",
                "Cookie: " + Authenticator.cookie("ann"),
                "--data",
                "@" + body,
                "--output",
                folder.resolve("answer").toString(),
                "--write-out",
                "%{http_code}",
                proxy.tools() + "/s/echo")
            .ok();

    assertEquals("200", written);
    assertEquals(8_000_002, Files.size(folder.resolve("answer")));
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("proxies")
  void anAnswerOf20MegabytesGoesThroughWhole(FrontProxy proxy) {
    String answer = post(proxy, "/s/big", "{\"bytes\":" + MEGABYTES_20 + "}", ann()).ok();

    assertEquals(MEGABYTES_20 + 2, answer.length());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("proxies")
  void bodiesGoThroughUpToToolgatesOwnLimit(FrontProxy proxy) {
    String message = "y".repeat(9_000_000);

    String answer = post(proxy, "/s/echo", "{\"message\":\"" + message + "\"}", ann()).ok();

    assertEquals(message.length() + 2, answer.length());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("proxies")
  void aCallOf100SecondsIsAnswered(FrontProxy proxy) throws Exception {
    HttpResponse<String> answer = Await.result(longCalls.get(proxy.name()));

    assertEquals("\"answered after " + LONG_CALL_MILLIS + " ms\"", answer.body());
  }

  @Test
  void eventsArePassedOnAsTheyComeByCaddy() throws Exception {
    try (Ticker ticker = new Ticker();
        FrontProxy proxy =
            FrontProxy.caddy(
                "Caddyfile",
                made("events-caddy"),
                ticker.address(),
                authenticator.address(),
                SECRET,
                ticker.address())) {
      assertEquals(List.of("data: one", "data: two"), events(proxy.tools(), ticker));
      assertEquals(List.of("data: one", "data: two"), events(proxy.chat(), ticker));
    }
  }

  @Test
  void eventsArePassedOnAsTheyComeByNginx() throws Exception {
    try (Ticker ticker = new Ticker();
        FrontProxy proxy =
            FrontProxy.nginx(
                made("events-nginx"), ticker.address(), authenticator.address(), SECRET)) {
      assertEquals(List.of("data: one", "data: two"), events(proxy.tools(), ticker));
    }
  }

  /** The second is asked for only when the first is here. */
  private static List<String> events(String url, Ticker ticker) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/events")).headers(ann()).build();
    InputStream body = CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String first = lines.readLine();
      ticker.goOn();
      lines.readLine();
      return List.of(first, lines.readLine());
    }
  }

  @Test
  void whereToolgateProvesItsCallersItselfNobodyPretendsToBeAGateway() throws IOException {
    String toolgate = product.url().replace("http://localhost", "127.0.0.1");
    String key = "Bearer " + KEY;
    try (FrontProxy proxy = FrontProxy.caddyForKeys(made("key-caddy"), toolgate)) {
      Answer ann = echo(proxy, "Authorization", key, "X-OpenWebUI-User-Email", "ann@example.org");
      Answer gateway = echo(proxy, "X-Gateway-Secret", SECRET, "X-User-Email", "ann@example.org");

      assertEquals("\"m\"", ann.ok());
      gateway.refused(401, "unauthenticated");
      echo(proxy).refused(401, "unauthenticated");
    }
  }

  @Test
  void withoutAnAuthenticatorNobodyComesIn() throws IOException {
    String toolgate = product.url().replace("http://localhost", "127.0.0.1");
    try (FrontProxy caddy = FrontProxy.caddy(made("alone-caddy"), toolgate, "127.0.0.1:9", SECRET);
        FrontProxy nginx = FrontProxy.nginx(made("alone-nginx"), toolgate, "127.0.0.1:9", SECRET)) {
      for (FrontProxy proxy : List.of(caddy, nginx)) {
        assertTrue(echo(proxy, ann()).status() >= 500, proxy.name());
      }
    }
  }
}
