package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackGuardTest {
  private static LoopbackGuard guard(boolean allowAnonymous, String... origins) {
    return new LoopbackGuard(
        Configured.nothing()
            .and("ALLOW_ANONYMOUS", Boolean.toString(allowAnonymous))
            .and("CORS_ALLOW_ORIGINS", String.join(",", origins))
            .settings());
  }

  private static Optional<Problem> judged(LoopbackGuard guard, String host, String origin) {
    return guard.judge(host, origin).map(ProblemException::problem);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,",
    "127.0.0.1,",
    "[::1],",
    "localhost, http://localhost:3000",
    "127.0.0.1, https://localhost:8443",
    "localhost, https://chat.example",
  })
  void letsThisMachineAndAllowedPagesPass(String host, String origin) {
    assertEquals(Optional.empty(), judged(guard(false, "https://chat.example"), host, origin));
  }

  @ParameterizedTest
  @CsvSource({
    // no host, a foreign one, one that was rebound
    ",",
    "'',",
    "evil.com,",
    "localhost.evil.com,",
    "127.0.0.1.evil.com, http://127.0.0.1.evil.com",
    "0.0.0.0,",
    "192.168.0.7,",
    // this machine, asked by a foreign page
    "localhost, http://evil.com",
    "localhost, null",
    "localhost, ''",
    "localhost, file://",
    "localhost, http://localhost@evil.com",
    // allowed pages are compared as a whole
    "localhost, http://chat.example",
    "localhost, https://chat.example:444",
    "localhost, https://chat.example.evil.com",
    // an allowed page does not make a foreign host ours
    "chat.example, https://chat.example",
  })
  void refusesForeignHostsAndPages(String host, String origin) {
    assertEquals(
        Optional.of(Problem.NOT_GRANTED),
        judged(guard(false, "https://chat.example"), host, origin));
  }

  @Test
  void anAsteriskAllowsNoForeignPage() {
    assertEquals(
        Optional.of(Problem.NOT_GRANTED),
        judged(guard(false, "*"), "localhost", "http://evil.com"));
  }

  @Test
  void judgesNobodyWhereAnonymousCallersAreAllowed() {
    assertEquals(Optional.empty(), judged(guard(true), "evil.com", "http://evil.com"));
    assertEquals(Optional.empty(), judged(guard(true), null, null));
  }

  @Test
  void saysWhetherItIsOpen() {
    assertEquals(true, guard(true).open());
    assertEquals(false, guard(false, "https://chat.example").open());
  }
}
