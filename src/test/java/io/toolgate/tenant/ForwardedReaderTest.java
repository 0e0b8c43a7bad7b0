package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.tenant.Transport.Remote;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedReaderTest {
  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder);
  }

  private static String server(String keys) {
    return "{\"url\": \"http://h\", \"headers\": {\"X-Own\": \"x\"}, " + keys + "}";
  }

  private Set<String> forwarded(String keys) {
    return ((Remote) fixture.server(server(keys)).transport()).forwarded();
  }

  @Test
  void forwardsTheHeadersThatAreNamed() {
    assertEquals(
        Set.of("x-request-id", "accept-language"),
        forwarded("\"forwardHeaders\": [\"X-Request-Id\", \"${L:-Accept-Language}\"]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cookie",
        "set-cookie",
        "AUTHORIZATION",
        "Proxy-Authorization",
        "Proxy-Connection",
        "X-API-Key",
        "X-Gateway-Secret",
        "X-OpenWebUI-User-Jwt",
        "Host",
        "Content-Length",
        "Content-Type",
        "Content-Encoding",
        "Transfer-Encoding",
        "Connection",
        "Keep-Alive",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
        "Accept",
        "Mcp-Session-Id",
        "Mcp-Protocol-Version",
      })
  void neverForwardsProofsAndWhatBelongsToTheConnection(String name) {
    assertEquals(
        List.of("/forwardHeaders/0: this header is never forwarded"),
        fixture.mistakes(server("\"forwardHeaders\": [\"" + name + "\"]")));
  }

  @ParameterizedTest
  @CsvSource({
    "X-OpenWebUI-User-Email, 'nothing proves what this header says; write \"headers\": {\"X-User\":"
        + " \"${user.email}\"}'",
    "X-User-Groups, 'nothing proves what this header says; write \"headers\": {\"X-User\":"
        + " \"${user.email}\"}'",
    "x-own, 'this header stands in \"headers\" already'",
    "X-*, is a pattern; name each header",
    "a b, is no name of an HTTP header",
    "'', is no name of an HTTP header",
  })
  void refusesOtherNames(String name, String mistake) {
    assertEquals(
        List.of("/forwardHeaders/0: " + mistake),
        fixture.mistakes(server("\"forwardHeaders\": [\"" + name + "\"]")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | ",
        "{\"enabled\": false, \"whitelist\": [\"X-A\"]} | ",
        "{\"enabled\": true, \"whitelist\": [\"X-A\", \"X-B\"]} | x-a,x-b",
        "{\"enabled\": true, \"whitelist\": [\"X-A\", \"X-B\"], \"blacklist\": [\"x-b\"]} | x-a",
        "{\"enabled\": true, \"whitelist\": [\"X-A\", \"X-B\"], \"blacklist\": [\"*-B\"]} | x-a",
        "{\"enabled\": true, \"whitelist\": [\"X-A\"], \"blacklist\": [\"*\"]} | ",
      })
  void takesOverTheNamesOfMcpo(String forwarding, String names) {
    assertEquals(
        names == null ? Set.of() : Set.of(names.split(",")),
        forwarded("\"client_header_forwarding\": " + forwarding));
  }

  @Test
  void warnsOfWhatCannotBeTakenOverFromMcpo() {
    List<String> warnings =
        fixture.warnings(
            server(
                """
                "client_header_forwarding":
                    {"enabled": true, "whitelist": ["Authorization", "X-*", "X-User-Name"]}
                """));

    String at = "/client_header_forwarding";
    assertEquals(
        List.of(
            at + "/whitelist/0: this header is never forwarded",
            at + "/whitelist/1: is a pattern; name each header",
            at
                + "/whitelist/2: nothing proves what this header says; write \"headers\":"
                + " {\"X-User\": \"${user.email}\"}",
            at + ": forwards nothing; name each header: \"forwardHeaders\": [\"X-Request-Id\"]"),
        warnings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"enabled\": true, \"blacklist\": [\"Cookie\"]} | forwards nothing; name each header:"
            + " \"forwardHeaders\": [\"X-Request-Id\"]",
        "{\"enabled\": true} | forwards nothing; name each header: \"forwardHeaders\":"
            + " [\"X-Request-Id\"]",
      })
  void saysWhatToWriteInsteadOfABlacklist(String forwarding, String warning) {
    assertEquals(
        List.of("/client_header_forwarding: " + warning),
        fixture.warnings(server("\"client_header_forwarding\": " + forwarding)));
  }

  @Test
  void prefersItsOwnKeyToThatOfMcpo() {
    String keys =
        """
        "forwardHeaders": ["X-A"],
        "client_header_forwarding": {"enabled": true, "whitelist": ["X-B"]}
        """;

    assertEquals(Set.of("x-a"), forwarded(keys));
    assertEquals(
        List.of("/client_header_forwarding: has no effect beside \"forwardHeaders\""),
        fixture.warnings(server(keys)));
  }
}
