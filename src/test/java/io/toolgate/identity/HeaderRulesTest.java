package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {
  private static Configured configured() {
    return Configured.key().andGateway().and("FORWARDED_GROUPS_HEADER", "X-Groups");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "X-API-Key",
        "X-Gateway-Secret",
        "X-OpenWebUI-User-Jwt",
        "X-OpenWebUI-User-Email",
        "X-OpenWebUI-User-Id",
        "X-OpenWebUI-User-Name",
        "X-OpenWebUI-User-Role",
        "X-Groups",
        "X-User-Email",
        "X-User-Groups",
        "X-User-Admin",
        "X-User-Name",
        "X-User-OID",
        "X-Tenant-ID"
      })
  void aDoubledMalformedOrOversizedHeaderIsRefused(String name) {
    assertTrue(
        configured().refusal(Sent.empty().with(name, "a").with(name, "a")).contains("more than"));
    assertTrue(configured().refusal(Sent.empty().with(name, "a\tb")).contains("control"));
    assertTrue(configured().refusal(Sent.empty().with(name, "a\n")).contains("control"));
    assertTrue(configured().refusal(Sent.empty().with(name, "a\0")).contains("control"));
    assertTrue(
        configured()
            .refusal(Sent.empty().with(name, "a".repeat(Token.LONGEST + 1)))
            .contains("longer"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@x, b@x", "a@x;b@x", "a @x", "a@x\u00a0", "a\u200b@x", "a\u0085@x"})
  void whatIsNotExactlyOneEmailIsRefused(String email) {
    assertTrue(
        configured().refusal(Sent.bearer(Configured.KEY).withPlain(email)).contains("e-mail"));
  }

  @ParameterizedTest
  @CsvSource({
    "ANN@EXAMPLE.ORG, ann@example.org",
    "\u212Aim@x, \u212Aim@x",
    "\u0130@x, \u0130@x",
    "\u00C4@x, \u00C4@x"
  })
  void onlyAsciiLettersAreLowered(String sent, String email) {
    assertEquals(email, configured().user(Sent.bearer(Configured.KEY).withPlain(sent)).email());
  }

  /** As a server reads what Open WebUI, gateways and people write. */
  private static String read(String written, Charset charset) {
    return new String(written.getBytes(charset), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "Köln, UTF-8",
    "Köln, ISO-8859-1",
    "Straße à, UTF-8",
    "営業, UTF-8",
    "K%C3%B6ln, US-ASCII",
  })
  void namesAreReadAsTheyWereWritten(String written, String charset) {
    String group = read(written, Charset.forName(charset));
    Sent request =
        Sent.bearer(Configured.KEY).withPlain("ann@example.org").with("X-Groups", "x," + group);

    Set<String> groups = configured().user(request).groups();

    assertEquals(Set.of("x", HeaderText.decode(written)), groups);
  }

  @ParameterizedTest
  @ValueSource(strings = {"müller@example.org", "straße@example.org"})
  void anEmailWithOtherLettersIsReadAsItWasWritten(String email) {
    Sent request = Sent.bearer(Configured.KEY).withPlain(read(email, StandardCharsets.UTF_8));

    assertEquals(email, configured().user(request).email());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%0Ab", "a%00", "%7F", "%C2%85"})
  void encodedControlCharactersAreRefused(String group) {
    Sent request =
        Sent.bearer(Configured.KEY).withPlain("ann@example.org").with("X-Groups", "x," + group);

    assertTrue(configured().refusal(request).contains("control"));
  }

  @Test
  void ignoredHeadersAreCountedOncePerRequest() {
    Configured configured = configured();

    configured.identify(
        Sent.empty().withPlain("a@x").with("X-User-Email", "b@x").with("X-Groups", "g"));
    configured.identify(Sent.empty().with("X-Entra-Groups", "g"));
    configured.identify(Sent.bearer(Configured.KEY).withPlain("a@x").with("X-Groups", "g"));
    configured.identify(Sent.empty());

    assertEquals(2, configured.authentication().unprovenHeaders());
  }

  @Test
  void nothingThatIsPrintedShowsASecret() {
    String printed =
        new ApiKey("n", Configured.KEY, Optional.empty(), true)
            + " "
            + Authorization.parse("Bearer " + Configured.KEY)
            + Token.read(Minted.session("1").sign(Configured.SESSION_SECRET), "x")
            + configured().settings();

    assertFalse(printed.contains(Configured.KEY) || printed.contains("eyJ"), printed);
  }
}
