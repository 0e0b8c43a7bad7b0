package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.problem.Problem;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DownfallTest {
  private static final String REFUSED =
      "The server refused our credentials (HTTP 401). Check the headers of its definition.";

  static Stream<Arguments> starts() {
    return Stream.of(
        Arguments.of(new TimeoutException(), Downfall.TIMEOUT, Downfall.TIMEOUT),
        Arguments.of(Problem.UPSTREAM_TIMEOUT.because("late"), Downfall.TIMEOUT, Downfall.TIMEOUT),
        Arguments.of(
            Problem.UPSTREAM_UNAVAILABLE.because("The server's process ended with exit code 1."),
            Downfall.NOT_STARTED,
            Downfall.UNREACHABLE),
        Arguments.of(
            Problem.UPSTREAM_UNAVAILABLE.because(
                "The program \"x\" was not found or cannot be run."),
            Downfall.MISSING,
            Downfall.UNREACHABLE),
        Arguments.of(
            Problem.UPSTREAM_UNAVAILABLE.because("Its working folder /x does not exist."),
            Downfall.MISSING,
            Downfall.UNREACHABLE),
        Arguments.of(
            Problem.UPSTREAM_INVALID.because("The server answered HTTP 500."),
            Downfall.INVALID_ANSWER,
            Downfall.INVALID_ANSWER),
        Arguments.of(
            Problem.NOT_FOUND.because("no such method"),
            Downfall.INVALID_ANSWER,
            Downfall.INVALID_ANSWER),
        Arguments.of(
            Problem.UPSTREAM_INVALID.because(REFUSED),
            Downfall.INVALID_ANSWER,
            Downfall.REFUSED_CREDENTIALS),
        Arguments.of(
            Problem.UPSTREAM_UNAVAILABLE.because(REFUSED),
            Downfall.NOT_STARTED,
            Downfall.REFUSED_CREDENTIALS),
        Arguments.of(
            new IllegalStateException("a fault"), Downfall.NOT_STARTED, Downfall.UNREACHABLE));
  }

  @ParameterizedTest
  @MethodSource("starts")
  void aStartFailsInAKnownWay(Throwable failure, Downfall ofProcess, Downfall ofRemote) {
    assertEquals(ofProcess, Downfall.ofStart(failure, false));
    assertEquals(ofRemote, Downfall.ofStart(failure, true));
  }

  @Test
  void anEndIsOneOfAProcessOrOfAConnection() {
    Map<String, Downfall> remote =
        Map.of(
            REFUSED,
            Downfall.REFUSED_CREDENTIALS,
            "The server has forgotten the session.",
            Downfall.UNREACHABLE);

    remote.forEach((reason, kind) -> assertEquals(kind, Downfall.ofEnd(reason, true)));
    assertEquals(
        Downfall.CRASHED, Downfall.ofEnd("The server's process ended with exit code 1.", false));
  }

  @Test
  void eachHasAWordForListings() {
    assertEquals("not-started", Downfall.NOT_STARTED.word());
    assertEquals("not-started", Downfall.MISSING.word());
    assertEquals("refused-credentials", Downfall.REFUSED_CREDENTIALS.word());
  }
}
