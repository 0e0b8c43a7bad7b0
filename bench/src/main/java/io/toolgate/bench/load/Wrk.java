package io.toolgate.bench.load;

import io.toolgate.bench.program.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Load from wrk: each connection sends its next request as soon as it has its answer. */
public record Wrk(Path script, int connections) {
  private static final int ATTEMPTS = 5;
  private static final int PIECE_SECONDS = 3;
  private static final int STEADY_PIECES = 20;
  private static final double STEADY = 0.05;

  /** Requests per second. A status of 400 and above, or no answer, is a failure. */
  public double rate(Request request, int seconds) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double rate = attempt(request, seconds);
      if (rate > 0) {
        return rate;
      }
    }
    throw new IOException("Nothing was answered by " + request.address());
  }

  /** Nothing where the machine is so busy that no answer came within the time. */
  private double attempt(Request request, int seconds) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("wrk", "--timeout", "30s"));
    command.addAll(List.of("-t", connections < 2 ? "1" : "2", "-c", "" + connections));
    command.addAll(List.of("-d", seconds + "s", "-s", script.toString()));
    request.headers().forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
    command.add(request.address().toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> variables =
        Map.of("WRK_METHOD", request.method(), "WRK_BODY", request.body());
    try (Child wrk = Child.start(builder, variables)) {
      String said =
          new String(wrk.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int at = said.indexOf("counted ");
      if (wrk.process().waitFor() != 0 || at < 0) {
        throw new IOException("wrk failed: " + said);
      }
      String[] counted = said.substring(at).strip().split(" ");
      if (Long.parseLong(counted[3]) != 0 || Long.parseLong(counted[4]) != 0) {
        throw new IOException("Not all was answered well: " + said.strip().replaceAll("\\s+", " "));
      }
      return Double.parseDouble(counted[1]) / Double.parseDouble(counted[2]) * 1e6;
    }
  }

  /** Goes on until three pieces in a row differ little. */
  public void warmUp(Request request) throws IOException, InterruptedException {
    List<Double> rates = new ArrayList<>();
    while (rates.size() < STEADY_PIECES) {
      rates.add(rate(request, PIECE_SECONDS));
      if (rates.size() >= 3) {
        List<Double> last = rates.subList(rates.size() - 3, rates.size());
        double least = last.stream().min(Double::compare).orElseThrow();
        double most = last.stream().max(Double::compare).orElseThrow();
        if (most - least <= STEADY * most) {
          return;
        }
      }
    }
  }
}
