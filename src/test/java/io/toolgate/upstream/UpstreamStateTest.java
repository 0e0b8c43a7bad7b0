package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.upstream.UpstreamState.Degraded;
import io.toolgate.upstream.UpstreamState.Disabled;
import io.toolgate.upstream.UpstreamState.Draining;
import io.toolgate.upstream.UpstreamState.Failed;
import io.toolgate.upstream.UpstreamState.OnDemand;
import io.toolgate.upstream.UpstreamState.Ready;
import io.toolgate.upstream.UpstreamState.Starting;
import io.toolgate.upstream.UpstreamState.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpstreamStateTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static final Map<String, UpstreamState> STATES =
      Stream.of(
              new Disabled(NOON, "off"),
              new OnDemand(NOON, "idle"),
              new Starting(NOON, "needed", Optional.empty()),
              new Ready(NOON, Duration.ofMillis(1249)),
              new Degraded(NOON, Downfall.SILENT, "silent"),
              failed("a", "b"),
              new Draining(NOON, "changed"),
              new Stopped(NOON, "removed"))
          .collect(Collectors.toMap(UpstreamState::word, state -> state));

  /** What may follow on each, as it is told to people. */
  private static final Map<String, Set<String>> LEGAL =
      Map.of(
          "disabled", Set.of("stopped"),
          "on-demand", Set.of("starting", "draining", "stopped"),
          "starting", Set.of("ready", "failed", "draining", "stopped"),
          "ready", Set.of("degraded", "starting", "on-demand", "failed", "draining", "stopped"),
          "degraded", Set.of("ready", "starting", "on-demand", "failed", "draining", "stopped"),
          "failed", Set.of("starting", "on-demand", "draining", "stopped"),
          "draining", Set.of("stopped"),
          "stopped", Set.of());

  private static Failed failed(String... stderr) {
    return new Failed(NOON, Downfall.CRASHED, "It died.", List.of(stderr), Duration.ofSeconds(8));
  }

  static Stream<String> words() {
    return LEGAL.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("words")
  void mayBecomeWhatFollowsAndNothingElse(String from) {
    Set<String> followers =
        STATES.values().stream()
            .filter(next -> STATES.get(from).mayBecome(next))
            .map(UpstreamState::word)
            .collect(Collectors.toSet());

    assertEquals(LEGAL.get(from), followers);
  }

  @Test
  void thereIsAWordForEachState() {
    assertEquals(
        Set.of(UpstreamState.class.getPermittedSubclasses()),
        STATES.values().stream().map(Object::getClass).collect(Collectors.toSet()));
    assertEquals(LEGAL.keySet(), STATES.keySet());
  }

  @Test
  void everybodyMayKnowTheKindOfATroubleOnly() {
    List<String> troubled =
        STATES.values().stream()
            .filter(state -> state.kind().isPresent())
            .map(UpstreamState::word)
            .sorted()
            .toList();

    assertEquals(List.of("degraded", "failed"), troubled);
    assertEquals(
        Optional.of(Downfall.TIMEOUT),
        new Starting(NOON, "again", Optional.of(Downfall.TIMEOUT)).kind());
  }

  @Test
  void aFailureIsToldWithTheLastThreeLinesPrinted() {
    String[] lines = {"1", "2", "3", "4"};

    assertEquals("It died. It last printed: 2 | 3 | 4", failed(lines).why());
    assertEquals("It died.", failed().why());
  }

  @Test
  void thePauseThatIsLeftIsNeverNegative() {
    List<Long> left =
        Arrays.asList(0, 3, 8, 60).stream()
            .map(passed -> failed().left(NOON.plusSeconds(passed)).toSeconds())
            .toList();

    assertEquals(List.of(8L, 5L, 0L, 0L), left);
  }

  @Test
  void readyTellsHowLongTheStartTook() {
    assertEquals("It was ready after 1.2 s.", STATES.get("ready").why());
  }
}
