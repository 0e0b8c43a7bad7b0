package io.toolgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {
  private static final Map<String, String> ANY_PORT = Map.of("quarkus.http.port", "0");

  @Test
  void nothingIsWrongWithoutSettings() {
    assertEquals(List.of(), Preflight.mistakes(Map.of(), ANY_PORT));
  }

  @ParameterizedTest
  @CsvSource({
    "CALL_TIMEOUT,60s",
    "CALL_TIMEOUT,PT1M",
    "STARTUP_TIMEOUT,500ms",
    "ALLOW_ANONYMOUS,TRUE",
    "CORS_ALLOW_ORIGINS,https://chat.example.org:8443",
    "REQUIRE_USER,false",
    "REQUIRE_AUTH_FOR_LISTING,False",
    "OPENAPI_PUBLIC,true",
    "API_GATEWAY_MODE,true",
    "GROUPS_FROM,Proof",
    "GRANTS_MAX_STALE,5m",
    "GRANTS_MAX_STALE,PT1H30M",
    "ADMIN_EMAILS,ann@example.org",
    "ADMIN_EMAILS,'ann@example.org, bob@example.org,'",
    "RATE_LIMIT_ENABLED,true",
    "RATE_LIMIT_PER_USER,1",
    "RATE_LIMIT_PER_ADDRESS,999999",
    "ENDPOINT_HOSTS,localhost",
    "ENDPOINT_HOSTS,'localhost:9000, 127.0.0.1, [::1]:9000, ::1, mcp.internal.'",
    "ENDPOINT_HOSTS,'mcp_server:8000, my_host'",
  })
  void goodValuesPass(String name, String value) {
    assertEquals(List.of(), Preflight.mistakes(Map.of(name, value), ANY_PORT));
  }

  @ParameterizedTest
  @CsvSource({
    "CALL_TIMEOUT,60000",
    "CALL_DEADLINE,600000",
    "GRANTS_MAX_STALE,3600",
    "STOP_NOTICE,04000"
  })
  void aLongTimeWithoutAUnitIsTakenForMillisecondsPerhaps(String name, String value) {
    assertEquals(List.of(), Preflight.mistakes(Map.of(name, value), ANY_PORT));
    assertEquals(
        List.of(
            name
                + " counts seconds; write "
                + value
                + "ms if "
                + value
                + " milliseconds are meant."),
        Preflight.hints(Map.of(name, value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "60", "3599", "60000ms", "7200s", "PT2H"})
  void otherTimesAreTakenForWhatTheySay(String value) {
    assertEquals(List.of(), Preflight.hints(Map.of("CALL_TIMEOUT", value)));
  }

  @Test
  void severalOriginsPass() {
    Map<String, String> environment =
        Map.of("CORS_ALLOW_ORIGINS", "http://a.example,https://b.example");

    assertEquals(List.of(), Preflight.mistakes(environment, ANY_PORT));
  }

  @ParameterizedTest
  @CsvSource({
    "CALL_TIMEOUT,banana",
    "STARTUP_TIMEOUT,-1",
    "STOP_NOTICE,soon",
    "START_WAIT,-1s",
    "SEED_DIR,/nowhere/at/all",
    "ALLOW_ANONYMOUS,yes",
    "CORS_ALLOW_ORIGINS,https://chat.example.org/",
    "CORS_ALLOW_ORIGINS,chat.example.org",
    "REQUIRE_USER,yes",
    "REQUIRE_AUTH_FOR_LISTING,0",
    "OPENAPI_PUBLIC,public",
    "API_GATEWAY_MODE,on",
    "GROUPS_FROM,ldap",
    "GRANTS_MAX_STALE,long",
    "GRANTS_MAX_STALE,PT",
    "GRANTS_MAX_STALE,P1X",
    "GRANTS_MAX_STALE,PT-5M",
    "GRANTS_MAX_STALE,99999999999999999999h",
    "ADMIN_EMAILS,ann",
    "ADMIN_EMAILS,ann@example.org bob@example.org",
    "ADMIN_EMAILS,ann@example.org;bob@example.org",
    "RATE_LIMIT_ENABLED,yes",
    "RATE_LIMIT_PER_USER,0",
    "RATE_LIMIT_PER_USER,1000000",
    "RATE_LIMIT_PER_ADDRESS,-1",
    "RATE_LIMIT_PER_ADDRESS,ten",
    "ENDPOINT_HOSTS,http://localhost",
    "ENDPOINT_HOSTS,*.example.org",
    "ENDPOINT_HOSTS,localhost/mcp",
    "ENDPOINT_HOSTS,localhost mcp",
    "ENDPOINT_HOSTS,localhost:port",
  })
  void aBadValueIsNamedWithItsSetting(String name, String value) {
    List<String> mistakes = Preflight.mistakes(Map.of(name, value), ANY_PORT);

    assertEquals(1, mistakes.size());
    assertTrue(mistakes.get(0).startsWith(name), mistakes.get(0));
    assertTrue(mistakes.get(0).contains(value), mistakes.get(0));
  }

  @Test
  void aPortThatIsNoneIsNamed() {
    assertEquals(
        List.of("PORT takes a number from 0 to 65535, not abc."),
        Preflight.mistakes(Map.of("PORT", "abc"), Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "MCP_API_KEY,key",
    "MCP_API_KEYS_FILE,keys.json",
    "WEBUI_SECRET_KEY,secret",
    "FORWARD_USER_INFO_HEADER_JWT_SECRET,secret",
    "JWT_JWKS_URL,https://login.example/keys",
    "API_GATEWAY_MODE,true",
    "ALLOW_ANONYMOUS,true",
  })
  void anAddressThatOthersMayReachIsTriedOnlyWhereTheyAreAnswered(String name, String value) {
    Map<String, String> elsewhere =
        Map.of("quarkus.http.port", "0", "quarkus.http.host", "192.0.2.1");

    List<String> unanswered = Preflight.mistakes(Map.of(name, ""), elsewhere);
    List<String> answered = Preflight.mistakes(Map.of(name, value), elsewhere);

    assertEquals(List.of(), unanswered);
    assertEquals(1, answered.size());
    assertTrue(answered.get(0).contains("192.0.2.1"), answered.get(0));
  }

  @Test
  void aPortInUseIsToldBeforeAnythingStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());

      List<String> mistakes = Preflight.mistakes(Map.of("PORT", port), Map.of());

      assertEquals(
          List.of(
              "Port "
                  + port
                  + " on 127.0.0.1 is in use or not allowed. Choose another with --port or PORT."),
          mistakes);
    }
  }

  @Test
  void nobodyIsLetInWhileThePortIsLookedAt() throws Exception {
    InetSocketAddress address;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      address = (InetSocketAddress) any.getLocalSocketAddress();
    }
    Map<String, String> port = Map.of("PORT", Integer.toString(address.getPort()));
    AtomicInteger attempts = new AtomicInteger();
    AtomicInteger letIn = new AtomicInteger();
    Thread caller =
        new Thread(
            () -> {
              while (attempts.incrementAndGet() < 5000) {
                try (Socket socket = new Socket()) {
                  socket.bind(new InetSocketAddress("127.0.0.2", 0)); // else it may reach itself
                  socket.connect(address);
                  letIn.incrementAndGet();
                } catch (IOException refused) {
                  // as it should be
                }
              }
            });
    caller.start();
    while (attempts.get() < 5000) {
      assertEquals(List.of(), Preflight.mistakes(port, Map.of()));
    }
    caller.join();

    assertEquals(0, letIn.get());
  }

  @Test
  void aPortThatWasServedAMomentAgoIsFree() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Socket client = new Socket("127.0.0.1", server.getLocalPort())) {
      port = server.getLocalPort();
      server.accept().close(); // the side that closes first keeps the port for a minute
      assertEquals(-1, client.getInputStream().read());
    }

    assertEquals(List.of(), Preflight.mistakes(Map.of("PORT", Integer.toString(port)), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TENANTS_DIR", "DATA_DIR", "SEED_DIR", "DATABASE_URL_FILE", "MCP_API_KEY_FILE"})
  void aPathThatWasLostOnItsWayInIsNamed(String name) {
    List<String> mistakes =
        Preflight.unreadable(Map.of(name, "/srv/Gr\uFFFD\uFFFDe", "OTHER", "\uFFFD"), "/opt");

    assertEquals(1, mistakes.size(), mistakes.toString());
    assertTrue(mistakes.get(0).startsWith(name + " is /srv/Gr"), mistakes.toString());
    assertTrue(mistakes.get(0).contains("set LC_ALL to a locale with UTF-8"), mistakes.toString());
    assertEquals(List.of(), Preflight.unreadable(Map.of(name, "/srv/Größe"), "/opt/Größe"));
    assertEquals(1, Preflight.unreadable(Map.of(), "/opt/Gr\uFFFD").size());
  }
}
