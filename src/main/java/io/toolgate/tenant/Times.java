package io.toolgate.tenant;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as operators write them: seconds as a number, or a number with {@code ms}, {@code s},
 * {@code m} or {@code h}. Always whole milliseconds, at least one and at most a day's.
 */
final class Times {
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?(ms|s|m|h)?", Pattern.CASE_INSENSITIVE);
  private static final BigDecimal MILLISECOND = new BigDecimal("0.001");
  private static final BigDecimal DAY = BigDecimal.valueOf(Duration.ofDays(1).toSeconds());

  private Times() {}

  /** The seconds that a text means, in range or not; none where it is not a time at all. */
  static Optional<BigDecimal> seconds(String text) {
    Matcher time = TIME.matcher(text.strip());
    if (!time.matches()) {
      return Optional.empty();
    }
    String unit = time.group(2) == null ? "s" : time.group(2).toLowerCase(Locale.ROOT);
    BigDecimal factor =
        switch (unit) {
          case "ms" -> MILLISECOND;
          case "s" -> BigDecimal.ONE;
          case "m" -> BigDecimal.valueOf(60);
          default -> BigDecimal.valueOf(3600);
        };
    return Optional.of(new BigDecimal(time.group(1)).multiply(factor));
  }

  /** Whether a text that is a time says which unit it counts. */
  static boolean hasUnit(String text) {
    return text.strip().matches(".*[A-Za-z]");
  }

  /** Rounded up to milliseconds; none where the time is not positive or is more than a day. */
  static Optional<Duration> ofSeconds(BigDecimal seconds) {
    if (seconds.signum() <= 0 || seconds.compareTo(DAY) > 0) {
      return Optional.empty();
    }
    // max() first: rounding a number such as 1e-99999 would take its time.
    BigDecimal millis = seconds.max(MILLISECOND).movePointRight(3);
    return Optional.of(Duration.ofMillis(millis.setScale(0, RoundingMode.CEILING).longValue()));
  }
}
