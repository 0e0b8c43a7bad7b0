package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackGuardTest {
  private static LoopbackGuard guard(boolean allowAnonymous) {
    return new LoopbackGuard(
        Configured.nothing().and("ALLOW_ANONYMOUS", Boolean.toString(allowAnonymous)).settings());
  }

  private static Optional<Problem> judged(LoopbackGuard guard, String host) {
    return guard.judge(host).map(ProblemException::problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
  void letsRequestsForThisMachinePass(String host) {
    assertEquals(Optional.empty(), judged(guard(false), host));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "evil.com",
        "localhost.evil.com",
        "127.0.0.1.evil.com",
        "0.0.0.0",
        "192.168.0.7",
        "chat.example"
      })
  void refusesRequestsForForeignHosts(String host) {
    assertEquals(Optional.of(Problem.NOT_GRANTED), judged(guard(false), host));
  }

  @Test
  void judgesNobodyWhereAnonymousCallersAreAllowed() {
    assertEquals(Optional.empty(), judged(guard(true), "evil.com"));
    assertEquals(Optional.empty(), judged(guard(true), null));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, '', ''",
    "0.0.0.0, '', HOST is 0.0.0.0",
    "0.0.0.0, 127.0.0.1, ''",
    "0.0.0.0, ::1, ''",
    "0.0.0.0, 0.0.0.0, The port is published on 0.0.0.0",
    "0.0.0.0, 192.0.2.1, The port is published on 192.0.2.1",
    "127.0.0.1, 192.0.2.1, The port is published on 192.0.2.1",
  })
  void whoReachesAContainerIsDecidedByWhereItsPortIsPublished(
      String host, String published, String reason) {
    LoopbackGuard guard =
        new LoopbackGuard(Configured.nothing().and("PUBLISHED_ON", published).settings());

    assertEquals(reason, guard.reachable(host).orElse(""));
  }

  @Test
  void saysWhetherItIsOpen() {
    assertEquals(true, guard(true).open());
    assertEquals(false, guard(false).open());
  }
}
