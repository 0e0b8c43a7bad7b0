package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "LocalHost",
        "toolgate.localhost",
        "127.0.0.1",
        "127.0.1.1",
        "127.255.255.254",
        "::1",
        "[::1]"
      })
  void knowsTheNamesOfThisMachine(String host) {
    assertTrue(Loopback.isLoopback(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost.",
        " localhost",
        "localhost.evil.com",
        "localhost-evil.com",
        "notlocalhost",
        "evil.com",
        "127.0.0.1.evil.com",
        "127.0.0.1.",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "128.0.0.1",
        "1127.0.0.1",
        "0.0.0.0",
        "::",
        "[::]",
        "::ffff:127.0.0.1",
        "[::1].evil.com",
        "192.168.0.1",
        "127.0.0.1:8000",
        "127.0.0.1\nx",
        "lоcalhost"
      })
  void takesNoOtherNameForThisMachine(String host) {
    assertFalse(Loopback.isLoopback(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "http://localhost:3000",
        "https://localhost:8443",
        "http://LOCALHOST:80",
        "http://chat.localhost:8080",
        "http://my_chat.localhost:8080",
        "http://127.0.0.1:5173",
        "http://[::1]:8080"
      })
  void knowsPagesOfThisMachine(String origin) {
    assertTrue(Loopback.isLoopbackOrigin(origin));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "localhost",
        "//localhost.evil.com",
        "file://",
        "file:///etc/passwd",
        "data:text/html,localhost",
        "http:localhost",
        "http://",
        "http://evil.com",
        "https://localhost.evil.com",
        "http://127.0.0.1.evil.com",
        "http://localhost@evil.com",
        "http://localhost:80@evil.com",
        "http://localhost%2eevil.com",
        "http://evil.com#@localhost",
        "http://evil.com/localhost",
        "http://evil.com?localhost",
        "http://evil.com\\@localhost",
        "http://localhost evil.com",
        "http://localhost, http://evil.com",
        "http://0.0.0.0",
        "http://[::]",
        "http://evil_host.com",
        "chrome-extension://abcdefghijklmnop"
      })
  void takesNoOtherPageForOneOfThisMachine(String origin) {
    assertFalse(Loopback.isLoopbackOrigin(origin));
  }
}
