package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  private static final String HERE = "localhost:8000";

  private static Optional<Problem> judged(Configured configured, String origin, String authority) {
    return new Origins(configured.settings(), configured.authentication())
        .judge(origin, authority)
        .map(ProblemException::problem);
  }

  private static Configured allowing(Configured configured, String... origins) {
    return configured.and("CORS_ALLOW_ORIGINS", String.join(",", origins));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3000",
        "https://localhost:8443",
        "http://127.0.0.1",
        "http://[::1]:8080",
        "https://chat.example"
      })
  void pagesOfThisMachineAndAllowedOnesPassWhateverIsConfigured(String origin) {
    for (Configured configured :
        new Configured[] {
          Configured.nothing(),
          Configured.nothing().and("ALLOW_ANONYMOUS", "true"),
          Configured.key()
        }) {
      assertEquals(
          Optional.empty(), judged(allowing(configured, "https://chat.example"), origin, HERE));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.com",
        "null",
        "",
        "file://",
        "http://localhost@evil.com",
        "http://localhost.evil.com",
        // allowed pages are compared as a whole
        "http://chat.example",
        "https://chat.example:444",
        "https://chat.example.evil.com",
        "https://chat.example/"
      })
  void otherPagesAreRefusedWhereOriginsAreNamedOrNothingIsProven(String origin) {
    for (Configured configured :
        new Configured[] {
          Configured.nothing(),
          Configured.nothing().and("ALLOW_ANONYMOUS", "true"),
          Configured.key()
        }) {
      assertEquals(
          Optional.of(Problem.NOT_GRANTED),
          judged(allowing(configured, "https://chat.example"), origin, HERE));
    }
  }

  @Test
  void otherPagesAreRefusedBehindAGatewayThatMayKnowItsUsersByCookies() {
    assertEquals(
        Optional.of(Problem.NOT_GRANTED),
        judged(Configured.gateway(), "https://anywhere.example", HERE));
    assertEquals(
        Optional.of(Problem.NOT_GRANTED),
        judged(Configured.gateway().andKey(), "https://anywhere.example", HERE));
    assertEquals(
        Optional.empty(),
        judged(
            allowing(Configured.gateway(), "https://chat.example"), "https://chat.example", HERE));
  }

  @Test
  void everyPagePassesWhereCallersProveThemselvesAndNoOriginIsNamed() {
    assertEquals(Optional.empty(), judged(Configured.key(), "https://anywhere.example", HERE));
    assertEquals(Optional.empty(), judged(Configured.sessions(), "null", HERE));
  }

  @Test
  void withoutAuthenticationNoForeignPagePassesThoughNoneIsNamed() {
    assertEquals(
        Optional.of(Problem.NOT_GRANTED),
        judged(Configured.nothing(), "https://anywhere.example", HERE));
    assertEquals(
        Optional.of(Problem.NOT_GRANTED),
        judged(
            Configured.nothing().and("ALLOW_ANONYMOUS", "true"), "https://anywhere.example", HERE));
  }

  @ParameterizedTest
  @CsvSource({
    "http://tools.example:8000, tools.example:8000, true",
    "https://tools.example, tools.example, true",
    "http://tools.example, tools.example:8000, false",
    "http://evil.com, tools.example, false",
    "http://null, , false",
  })
  void aPageThatWeServedOurselvesPasses(String origin, String authority, boolean passes) {
    Configured open = Configured.nothing().and("ALLOW_ANONYMOUS", "true");

    assertEquals(passes, judged(open, origin, authority).isEmpty());
  }

  @Test
  void anAsteriskNamesNoPage() {
    assertEquals(
        Optional.of(Problem.NOT_GRANTED),
        judged(allowing(Configured.nothing(), "*"), "http://evil.com", HERE));
  }

  @Test
  void whatNoPageSendsPasses() {
    assertEquals(
        Optional.empty(), judged(allowing(Configured.key(), "https://chat.example"), null, HERE));
  }
}
