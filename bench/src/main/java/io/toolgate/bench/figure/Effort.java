package io.toolgate.bench.figure;

/**
 * How much is done of each figure.
 *
 * @param smoke whether it only shows that all works
 * @param seconds of one measurement
 * @param samples calls of one connection in a round
 * @param starts of a program whose start is measured
 * @param servers that run at once
 * @param sets of grants
 * @param tools of which a document is made that nobody has asked for yet
 * @param calls after which memory is looked at
 * @param slowSeconds of 1,000 connections with slow calls, in all
 */
public record Effort(
    boolean smoke,
    int rounds,
    int seconds,
    int samples,
    int starts,
    int servers,
    int sets,
    int tools,
    int calls,
    int slowSeconds) {
  public static Effort full() {
    return new Effort(false, 5, 10, 20_000, 7, 20, 1000, 5000, 1_000_000, 600);
  }

  /** Everything once, and tiny: shows that it works, not how fast. */
  public static Effort tiny() {
    return new Effort(true, 1, 1, 500, 1, 3, 20, 500, 2_000, 2);
  }

  public Effort withRounds(int value) {
    return new Effort(
        smoke, value, seconds, samples, starts, servers, sets, tools, calls, slowSeconds);
  }

  public Effort withSeconds(int value) {
    return new Effort(
        smoke, rounds, value, samples, starts, servers, sets, tools, calls, slowSeconds);
  }

  public Effort withCalls(int value) {
    return new Effort(
        smoke, rounds, seconds, samples, starts, servers, sets, tools, value, slowSeconds);
  }

  public Effort withSlowSeconds(int value) {
    return new Effort(smoke, rounds, seconds, samples, starts, servers, sets, tools, calls, value);
  }

  @Override
  public String toString() {
    return (smoke ? "smoke, " : "")
        + rounds
        + " rounds of "
        + seconds
        + " s, "
        + samples
        + " samples, "
        + starts
        + " starts, "
        + calls
        + " calls for memory, "
        + slowSeconds
        + " s of slow calls";
  }
}
