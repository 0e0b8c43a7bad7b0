package io.toolgate.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * Whether a text that is a number can be handed over as that number: JavaScript and Python, which
 * read the answers, must write it the same way again. {@code 1.20}, {@code 1e5}, {@code 12e4567}
 * and {@code 12345678901234567890} would come out changed.
 *
 * @see <a href="https://tc39.es/ecma262/#sec-numeric-types-number-tostring">ECMA-262,
 *     Number::toString</a>
 */
final class NumberText {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /** That of {@code -2.2250738585072014e-308}. */
  private static final int MOST_CHARACTERS = 24;

  private static final int MOST_DIGITS = 17;

  /** Characters of a whole number that is surely below 2^53. */
  private static final int ALWAYS_EXACT = 15;

  private NumberText() {}

  static boolean survives(String text) {
    if (text.length() > MOST_CHARACTERS || !NUMBER.matcher(text).matches()) {
      return false;
    }
    boolean whole = text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
    double value = Double.parseDouble(text);
    if (value == 0 || Double.isInfinite(value)) {
      return text.equals("0");
    }
    return whole && text.length() <= ALWAYS_EXACT
        || text.equals((value < 0 ? "-" : "") + written(shortest(Math.abs(value)), whole));
  }

  /** The fewest digits that are read as this value. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  /** As both write it; empty where they differ. */
  private static String written(BigDecimal value, boolean whole) {
    int exponent = value.precision() - value.scale() - 1;
    if (exponent >= 21 || exponent <= -10) {
      return whole ? "" : scientific(value, exponent);
    }
    boolean fixed = whole || value.scale() > 0 && exponent >= -4 && exponent < 16;
    return fixed ? value.toPlainString() : "";
  }

  private static String scientific(BigDecimal value, int exponent) {
    String digits = value.unscaledValue().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }
}
