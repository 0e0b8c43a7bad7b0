package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityMistakesTest {
  private static final List<String> SECRETS =
      List.of(
          "MCP_API_KEY",
          "GATEWAY_SHARED_SECRET",
          "FORWARD_USER_INFO_HEADER_JWT_SECRET",
          "WEBUI_SECRET_KEY");

  @TempDir Path folder;

  private static Configured with(String name, String value) {
    return Configured.nothing()
        .and("API_GATEWAY_MODE", "true")
        .and(name, value)
        .and("TRUSTED_PROXIES", "10.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test-key",
        "mcp-secret-key",
        "MCP-proxy",
        "generate-with-openssl-rand-hex-32",
        "your-secret-key-goes-here",
        "change-me",
        "changeme-changeme-changeme",
        "fifteen-letters"
      })
  void aPlaceholderOrShortSecretIsRefused(String secret) {
    for (String name : SECRETS) {
      List<String> mistakes = with(name, secret).mistakes();

      assertEquals(1, mistakes.size(), mistakes::toString);
      assertTrue(mistakes.get(0).startsWith(name + " "), mistakes::toString);
      assertFalse(mistakes.get(0).contains(secret), mistakes::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HOST=127.0.0.1",
        "HOST=::1",
        "HOST=localhost",
        "HOST=0.0.0.0 PUBLISHED_ON=127.0.0.1",
        "API_GATEWAY_MODE=false",
      })
  void aShortKeyIsToldWhereOnlyThisMachineIsListenedTo(String environment) {
    String list = "[{\"name\": \"n\", \"key\": \"0123456789\"}]";
    for (Configured configured :
        List.of(Configured.nothing().and("MCP_API_KEY", "abcdefghij"), Configured.keys(list))) {
      set(configured, environment);

      assertEquals(List.of(), configured.mistakes());
      List<String> warnings = configured.authentication().warnings();
      assertEquals(1, warnings.size(), warnings::toString);
      assertTrue(warnings.get(0).contains("has 10 characters"), warnings::toString);
      assertTrue(warnings.get(0).startsWith("MCP_API_KEY"), warnings::toString);
      assertTrue(configured.authentication().configured());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HOST=0.0.0.0",
        "HOST=192.0.2.1",
        "HOST=toolgate.example",
        "HOST=127.0.0.1 PUBLISHED_ON=0.0.0.0",
        "TRUSTED_PROXIES=10.0.0.1",
        "API_GATEWAY_MODE=true TRUSTED_PROXIES=10.0.0.1",
      })
  void aShortKeyIsRefusedWhereOthersMayTryIt(String environment) {
    String list = "[{\"name\": \"n\", \"key\": \"0123456789\"}]";
    for (Configured configured :
        List.of(Configured.nothing().and("MCP_API_KEY", "abcdefghij"), Configured.keys(list))) {
      set(configured, environment);

      List<String> mistakes = configured.mistakes();

      assertEquals(1, mistakes.size(), mistakes::toString);
      assertTrue(mistakes.get(0).contains("has 10 characters; 16 is"), mistakes::toString);
    }
  }

  private static void set(Configured configured, String environment) {
    for (String variable : environment.split(" ")) {
      int equals = variable.indexOf('=');
      configured.and(variable.substring(0, equals), variable.substring(equals + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t", "    "})
  void aSecretOfSpacesOnlyIsRefused(String secret) {
    for (String name : SECRETS) {
      Configured withoutPeers =
          Configured.nothing().and("API_GATEWAY_MODE", "true").and(name, secret);

      for (Configured configured : List.of(with(name, secret), withoutPeers)) {
        assertTrue(
            configured
                .mistakes()
                .contains(name + " holds nothing but spaces. Set it, or take it away."),
            configured.mistakes()::toString);
      }
    }
  }

  @Test
  void sixteenCharactersAreEnough() {
    for (String name : SECRETS) {
      assertEquals(List.of(), with(name, "0123456789abcdef").mistakes());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "API_GATEWAY_MODE=true | GATEWAY_SHARED_SECRET",
        "GATEWAY_SHARED_SECRET=0123456789abcdef | API_GATEWAY_MODE=true",
        "TRUSTED_PROXIES=10.0.0.1 | API_GATEWAY_MODE=true",
        "API_GATEWAY_MODE=true TRUSTED_PROXIES=127.0.0.1 | of this machine",
        "API_GATEWAY_MODE=true TRUSTED_PROXIES=127.0.0.0/8 | of this machine",
        "API_GATEWAY_MODE=true TRUSTED_PROXIES=::1 | of this machine",
        "API_GATEWAY_MODE=true TRUSTED_PROXIES=0.0.0.0/0 | everybody",
        "MCP_API_KEY=a-key-for-everything-0123456789 TRUSTED_PROXIES=0.0.0.0/0 | everybody",
        "MCP_API_KEY=a-key-for-everything-0123456789 TRUSTED_PROXIES=proxy.local | no address",
        "API_GATEWAY_MODE=true TRUSTED_PROXIES=gateway.local | no address",
        "API_GATEWAY_MODE=true TRUSTED_PROXIES=10.0.0.0/33 | no address",
        "API_GATEWAY_MODE=true TRUSTED_PROXIES=10.0.0.0/x | no address",
        "API_GATEWAY_MODE=true TRUSTED_PROXIES=10.0.0.300 | no address",
        "ALLOW_ANONYMOUS=true MCP_API_KEY=0123456789abcdef | ALLOW_ANONYMOUS",
        "ALLOW_ANONYMOUS=true WEBUI_SECRET_KEY=0123456789abcdef | ALLOW_ANONYMOUS",
        "ALLOW_ANONYMOUS=true API_GATEWAY_MODE=true TRUSTED_PROXIES=10.0.0.1 | ALLOW_ANONYMOUS",
        "JWT_JWKS_URL=https://idp.example/keys | JWT_ISSUER",
        "JWT_JWKS_URL=https://idp.example/keys JWT_ISSUER=x | JWT_AUDIENCE",
        "JWT_JWKS_URL=http://idp.example/keys JWT_ISSUER=x JWT_AUDIENCE=y | https",
        "JWT_JWKS_URL=https://my_idp/keys JWT_ISSUER=x JWT_AUDIENCE=y | TLS can name",
        "JWT_JWKS_URL=https://idp/[ JWT_ISSUER=x JWT_AUDIENCE=y | https",
        "JWT_JWKS_URL=file:///etc/keys JWT_ISSUER=x JWT_AUDIENCE=y | https",
        "JWT_ISSUER=x | JWT_JWKS_URL",
        "MCP_API_KEY=with-an-umlaut-ä-0123 | ASCII",
        "FORWARD_USER_INFO_HEADER_USER_EMAIL=X-Us:er | X-Us:er",
        "FORWARD_USER_INFO_HEADER_USER_EMAIL=authorization | authorization",
        "FORWARD_USER_INFO_HEADER_USER_EMAIL=X-OpenWebUI-User-Id | X-OpenWebUI-User-Id",
        "FORWARDED_GROUPS_HEADER=x-user-groups | x-user-groups",
        "GATEWAY_HEADER_EMAIL=authorization | authorization",
        "GATEWAY_HEADER_NAME=X-OpenWebUI-User-Name | X-OpenWebUI-User-Name",
        "MCP_API_KEY_FILE=/nowhere/at/all | cannot be read"
      })
  void aMistakeIsNamed(String environment, String named) {
    Configured configured = Configured.nothing();
    set(configured, environment);

    List<String> mistakes = configured.mistakes();

    assertEquals(1, mistakes.size(), mistakes::toString);
    assertTrue(mistakes.get(0).contains(named), mistakes::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{ | not JSON",
        "{} | list",
        "[] | list",
        "[1] | [0]",
        "[{\"key\":\"0123456789abcdef\"}] | [0].name",
        "[{\"name\":\"a\"}] | [0].key",
        "[{\"name\":\"a\",\"key\":\"your-key\"}] | [0].key",
        "[{\"name\":\"a\",\"key\":\"your-key-your-key-your\"}] | [0].key",
        "[{\"name\":\"a\",\"key\":\"with spaces in between\"}] | [0].key",
        "[{\"name\":\"a\",\"key\":\"0123456789abcdef\",\"groups\":null}] | [0].groups",
        "[{\"name\":\"a\",\"key\":\"0123456789abcdef\",\"groups\":\"x\"}] | [0].groups",
        "[{\"name\":\"a\",\"key\":\"0123456789abcdef\",\"group\":[]}] | unknown field",
        "[{\"name\":\"a\",\"key\":\"0123456789abcdef\",\"actForUsers\":\"yes\"}] | [0].actForUsers",
        "[{\"name\":\"a\",\"key\":\"0123456789abcdef\"},{\"name\":\"a\",\"key\":\"0123456789abcdeF\"}] | same name",
        "[{\"name\":\"a\",\"key\":\"0123456789abcdef\"},{\"name\":\"b\",\"key\":\"0123456789abcdef\"}] | twice"
      })
  void aMistakeInTheListOfKeysIsNamedByItsPlace(String json, String named) {
    List<String> mistakes = Configured.keys(json).mistakes();

    assertEquals(1, mistakes.size(), mistakes::toString);
    assertTrue(mistakes.get(0).contains(named), mistakes::toString);
    assertFalse(mistakes.get(0).contains("0123456789abcde"), mistakes::toString);
  }

  @Test
  void allMistakesAreReportedTogether() {
    Configured configured =
        Configured.nothing()
            .and("MCP_API_KEY", "test-key")
            .and("API_GATEWAY_MODE", "true")
            .and("WEBUI_SECRET_KEY", "short")
            .and("JWT_ISSUER", "x")
            .and("ALLOW_ANONYMOUS", "true");

    assertEquals(5, configured.mistakes().size(), () -> configured.mistakes().toString());
  }

  @Test
  void withAMistakeNobodyIsIdentified() {
    Configured configured = Configured.key().and("WEBUI_SECRET_KEY", "short");

    assertThrows(IdentityMistakes.class, () -> configured.identify(Sent.bearer(Configured.KEY)));
    assertThrows(IdentityMistakes.class, () -> configured.authentication().configured());
  }

  @Test
  void emptyVariablesCountAsUnset() {
    Configured configured = Configured.nothing();
    for (String name : SECRETS) {
      configured.and(name, "").and(name + "_FILE", "");
    }
    configured
        .and("MCP_API_KEYS", "")
        .and("TRUSTED_PROXIES", "")
        .and("JWT_JWKS_URL", "")
        .and("JWT_ISSUER", "")
        .and("JWT_AUDIENCE", "")
        .and("JWT_EMAIL_CLAIM", "")
        .and("API_GATEWAY_MODE", "")
        .and("REQUIRE_USER", "")
        .and("OPENAPI_PUBLIC", "")
        .and("FORWARD_USER_INFO_HEADER_JWT", "")
        .and("FORWARD_USER_INFO_HEADER_USER_EMAIL", "")
        .and("FORWARDED_GROUPS_HEADER", "");

    assertEquals(List.of(), configured.mistakes());
    assertFalse(configured.authentication().configured());
  }

  @Test
  void whereCallersProveThemselvesUsersListingsAndDocumentAreGuarded() {
    Authentication key = Configured.key().authentication();

    assertEquals(
        List.of(true, true, false),
        List.of(key.userRequired(), key.listingNeedsProof(), key.documentIsPublic()));
  }

  @Test
  void theGuardsCanBeLowered() {
    Authentication key =
        Configured.key()
            .and("REQUIRE_USER", "false")
            .and("REQUIRE_AUTH_FOR_LISTING", "false")
            .and("OPENAPI_PUBLIC", "true")
            .authentication();

    assertEquals(
        List.of(false, false, true),
        List.of(key.userRequired(), key.listingNeedsProof(), key.documentIsPublic()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"API_GATEWAY_MODE=false", "ALLOW_ANONYMOUS=true", "MCP_API_KEY=" + Configured.KEY})
  void aGatewayThatIsDescribedMayBeOffOnPurpose(String purpose) {
    int equals = purpose.indexOf('=');
    Configured configured =
        Configured.nothing()
            .and("GATEWAY_SHARED_SECRET", Configured.GATEWAY_SECRET)
            .and("TRUSTED_PROXIES", "10.0.0.1")
            .and(purpose.substring(0, equals), purpose.substring(equals + 1));

    assertEquals(List.of(), configured.mistakes());
  }

  @Test
  void anonymousAloneIsNoMistake() {
    Configured configured = Configured.nothing().and("ALLOW_ANONYMOUS", "true");

    assertEquals(Optional.of(new Caller.Anonymous()), configured.identify(Sent.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF"})
  void everySecretMayStandInAFileWhateverMarkIsBeforeIt(String mark) throws IOException {
    Configured configured = Configured.nothing().and("API_GATEWAY_MODE", "true");
    configured
        .and("MCP_API_KEY_FILE", file("key", mark + Configured.KEY + "\n"))
        .and(
            "GATEWAY_SHARED_SECRET_FILE",
            file("gateway", mark + Configured.GATEWAY_SECRET + "\r\n"))
        .and(
            "FORWARD_USER_INFO_HEADER_JWT_SECRET_FILE",
            file("jwt", mark + Configured.SIGNED_SECRET))
        .and("WEBUI_SECRET_KEY_FILE", file("webui", mark + Configured.SESSION_SECRET + "\n"))
        .and(
            "MCP_API_KEYS_FILE",
            file("keys", mark + "[{\"name\": \"a\", \"key\": \"0123456789abcdef\"}]\n"));
    String signed = Minted.header("a@x").sign(Configured.SIGNED_SECRET);
    String session =
        Minted.session("id-of-a@x").claim("email", "a@x").sign(Configured.SESSION_SECRET);

    assertEquals(List.of(), configured.mistakes());
    assertEquals("a", configured.service(Sent.apiKey("0123456789abcdef")).name());
    assertEquals(
        "a@x",
        configured
            .user(
                Sent.bearer(session)
                    .withSigned(signed)
                    .with("X-API-Key", Configured.KEY)
                    .with("X-Gateway-Secret", Configured.GATEWAY_SECRET)
                    .with("X-User-Email", "a@x"))
            .email());
  }

  @Test
  void aSecretBothGivenAndInAFileIsAMistake() throws IOException {
    Configured configured = Configured.key().and("MCP_API_KEY_FILE", file("key", Configured.KEY));

    assertTrue(configured.mistakes().get(0).contains("both"), configured.mistakes()::toString);
  }

  @Test
  void anEmptyFileIsAMistake() throws IOException {
    Configured configured = Configured.nothing().and("WEBUI_SECRET_KEY_FILE", file("empty", "\n"));

    assertTrue(configured.mistakes().get(0).contains("empty"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a-dollar-$-and-0123456789",
        "back\\slash\\\\es-0123456789",
        "braces-{x}-}-0123456789"
      })
  void aSecretIsTakenLetterByLetter(String secret) {
    Configured configured = Configured.nothing().and("MCP_API_KEY", secret);

    assertEquals("default", configured.service(Sent.bearer(secret)).name());
  }

  @Test
  void aSecretThatWouldBeChangedIsAMistakeUnlessInAFile() throws IOException {
    String secret = "two-dollars-$$-and-0123456789";

    assertTrue(with("WEBUI_SECRET_KEY", secret).mistakes().get(0).contains("_FILE"));
    assertEquals(
        "default",
        Configured.nothing()
            .and("MCP_API_KEY_FILE", file("dollars", secret))
            .service(Sent.bearer(secret))
            .name());
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
