package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.problem.ProblemException;
import io.toolgate.upstream.UpstreamState.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class OutageTest {
  private static final String WHY = "It is so.";

  private static ProblemException told(Downfall downfall, boolean diagnosing) {
    return Outage.of(
        new Failed(Instant.now(), downfall, WHY, List.of(), Duration.ofSeconds(30)), diagnosing);
  }

  @ParameterizedTest
  @EnumSource(names = {"MISSING", "REFUSED_CREDENTIALS", "REFUSED_ADDRESS"})
  void promisesNothingWhereTryingAgainDoesNotHelp(Downfall downfall) {
    assertEquals(
        "The server is down. It is so. That does not mend itself: it is looked at again in 30 s and every so often,"
            + " or at once by POST /refresh.",
        told(downfall, true).detail());
    for (boolean diagnosing : new boolean[] {true, false}) {
      assertEquals(OptionalInt.empty(), told(downfall, diagnosing).retryAfterSeconds());
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"MISSING", "REFUSED_CREDENTIALS", "REFUSED_ADDRESS"},
      mode = Mode.EXCLUDE)
  void saysWhenToComeBackElsewhere(Downfall downfall) {
    assertEquals(
        "The server is down and is being started again. It is so.", told(downfall, true).detail());
    for (boolean diagnosing : new boolean[] {true, false}) {
      assertEquals(OptionalInt.of(30), told(downfall, diagnosing).retryAfterSeconds());
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheReasonFromOthers(Downfall downfall) {
    String detail = told(downfall, false).detail();

    assertTrue(detail.startsWith("The server is down: " + downfall.sentence() + ". "), detail);
    assertTrue(!detail.contains(WHY), detail);
  }
}
