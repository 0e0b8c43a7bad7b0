package io.toolgate.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemTest {
  /** Slugs and statuses are what callers' programs look at: they do not change. */
  @Test
  void namesAndStatusesAreStable() {
    Map<String, Integer> statuses =
        Arrays.stream(Problem.values()).collect(Collectors.toMap(Problem::slug, Problem::status));

    assertEquals(
        Map.ofEntries(
            Map.entry("malformed-body", 400),
            Map.entry("malformed-query", 400),
            Map.entry("malformed-header", 400),
            Map.entry("unauthenticated", 401),
            Map.entry("not-granted", 403),
            Map.entry("not-found", 404),
            Map.entry("method-not-allowed", 405),
            Map.entry("body-too-large", 413),
            Map.entry("invalid-arguments", 422),
            Map.entry("tool-failed", 424),
            Map.entry("too-many-calls", 429),
            Map.entry("internal", 500),
            Map.entry("upstream-invalid", 502),
            Map.entry("upstream-unavailable", 503),
            Map.entry("access-unknown", 503),
            Map.entry("outcome-unknown", 503),
            Map.entry("upstream-timeout", 504)),
        statuses);
  }

  @Test
  void titlesAreDistinctAndNotBlank() {
    List<String> titles = Arrays.stream(Problem.values()).map(Problem::title).toList();

    assertEquals(titles.size(), titles.stream().distinct().count());
    titles.forEach(title -> assertFalse(title.isBlank()));
  }

  @Test
  void eachLayerAddsWhatItKnows() {
    ProblemException bare = Problem.UPSTREAM_UNAVAILABLE.because("It starts.");

    ProblemException full =
        bare.retryAfter(2).withMistakes(List.of(new Mistake("/a", "is required"))).at("s", "t");

    assertEquals(Problem.UPSTREAM_UNAVAILABLE, full.problem());
    assertEquals("It starts.", full.detail());
    assertEquals(OptionalInt.of(2), full.retryAfterSeconds());
    assertEquals(List.of(new Mistake("/a", "is required")), full.mistakes());
    assertEquals("s/t", full.server().orElseThrow() + "/" + full.tool().orElseThrow());
    assertEquals(OptionalInt.empty(), bare.retryAfterSeconds());
    assertEquals(true, bare.server().isEmpty() && bare.tool().isEmpty());
  }

  @Test
  void isAnAnswerAndCostsNoStackTrace() {
    assertEquals(0, Problem.INTERNAL.because("x").getStackTrace().length);
  }
}
