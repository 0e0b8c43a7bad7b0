package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupCredentialsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://mcp.example.com/mcp",
        "HTTP://h:8080",
        "http://[::1]:80/a?b=c%20d",
        "http://10.0.0.1/",
        "http://mcp_server:8000/mcp",
      })
  void acceptsAddresses(String endpoint) {
    assertEquals(Optional.empty(), GroupCredentials.endpointMistake(endpoint));
  }

  @ParameterizedTest
  @CsvSource({
    "'', must be an absolute URL such as \"https://mcp.example.com/mcp\"",
    "ftp://h/, must be an absolute URL such as \"https://mcp.example.com/mcp\"",
    "//h/, must be an absolute URL such as \"https://mcp.example.com/mcp\"",
    "http:h, must be an absolute URL such as \"https://mcp.example.com/mcp\"",
    "http://h\\@evil/, must be an absolute URL such as \"https://mcp.example.com/mcp\"",
    "http://h/%zz, must be an absolute URL such as \"https://mcp.example.com/mcp\"",
    "http://h/${TOKEN}, must be an absolute URL such as \"https://mcp.example.com/mcp\"",
    "http://u:p@h/, 'must hold no user name or password; send them in \"headers\"'",
    "http://@h/, 'must hold no user name or password; send them in \"headers\"'",
    "http://a!b/, 'has no valid host (letters, digits, \"-\", \"_\" and \".\")'",
    "https://a_b/, 'has a host that TLS cannot name, because of a \"_\" or of a \"-\" at an end; write another name of it, or \"http\"'",
    "http://h:99999/, has a port that does not exist",
    "http://h:/, has a \":\" but no port",
    "http://h./, has a host that ends with a dot or holds a \"%\"",
    "http://[fe80::1%25eth0]/, has a host that ends with a dot or holds a \"%\"",
    "http://h/#x, must hold no fragment (\"#...\")",
    "'http://h/ x', 'must be at most 2048 printable ASCII characters, no space'",
    "http://h/\u00e4, 'must be at most 2048 printable ASCII characters, no space'",
  })
  void saysWhatIsWrongWithAnAddress(String endpoint, String mistake) {
    assertEquals(Optional.of(mistake), GroupCredentials.endpointMistake(endpoint));
  }

  @Test
  void cannotBeMadeWithAnAddressThatIsRefused() {
    Optional<URI> endpoint = Optional.of(URI.create("http://u:p@h/"));

    assertThrows(
        IllegalArgumentException.class, () -> new GroupCredentials("g", Map.of(), endpoint));
  }

  @Test
  void refusesEndlessAddresses() {
    assertTrue(GroupCredentials.endpointMistake("http://h/" + "x".repeat(2048)).isPresent());
  }
}
