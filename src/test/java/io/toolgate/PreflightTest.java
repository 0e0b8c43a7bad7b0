package io.toolgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  })
  void goodValuesPass(String name, String value) {
    assertEquals(List.of(), Preflight.mistakes(Map.of(name, value), ANY_PORT));
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
    "ALLOW_ANONYMOUS,yes",
    "CORS_ALLOW_ORIGINS,https://chat.example.org/",
    "CORS_ALLOW_ORIGINS,chat.example.org",
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
}
