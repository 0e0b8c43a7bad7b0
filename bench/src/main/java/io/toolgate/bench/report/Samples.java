package io.toolgate.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What was measured, one value per round or per call, sorted. Percentiles are exact: each is a
 * value that was measured.
 */
public record Samples(double[] sorted) {
  public Samples {
    sorted = sorted.clone();
    Arrays.sort(sorted);
  }

  public static Samples of(List<Double> values) {
    return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  public double median() {
    return percentile(50);
  }

  /** The smallest value that at least so many of a hundred do not exceed. */
  public double percentile(double percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  public double least() {
    return percentile(0);
  }

  public double most() {
    return percentile(100);
  }

  /** The smallest and the largest, such as {@code 0.38 to 0.41}. */
  public String spread(String format) {
    return String.format(Locale.ROOT, format, least())
        + " to "
        + String.format(Locale.ROOT, format, most());
  }
}
