package io.toolgate.schema;

/**
 * How many characters the patterns of one check may still look at.
 *
 * <p>Java's matcher goes back and forth over a text, for some patterns exponentially often, and
 * cannot be interrupted; but every step asks the text for a character, so the text counts them and
 * ends the match. Each text may be read {@value #PASSES} times for free, what goes beyond is paid
 * from one budget of {@value #STEPS} for the whole check. So the work of a check is proportional to
 * the length of its texts, plus a constant.
 *
 * <p>Threading: a check runs on one thread, and the validator has no place to hand a budget
 * through, hence the thread-local; {@link #open} and {@link #close} bracket a check.
 */
public final class PatternBudget {
  static final int STEPS = 1_000_000;
  private static final int PASSES = 4;
  private static final ThreadLocal<PatternBudget> CURRENT = new ThreadLocal<>();

  private long left = STEPS;

  private PatternBudget() {}

  public static PatternBudget open() {
    PatternBudget budget = new PatternBudget();
    CURRENT.set(budget);
    return budget;
  }

  public static void close() {
    CURRENT.remove();
  }

  /** The open check's budget, or a new one of its own outside of any check. */
  static PatternBudget current() {
    PatternBudget budget = CURRENT.get();
    return budget == null ? new PatternBudget() : budget;
  }

  /** Whether a match had to be given up; its answer is not known. */
  public boolean isExhausted() {
    return left < 0;
  }

  CharSequence text(String text) {
    return new CountedText(text);
  }

  /** Thrown through the matcher, which has no other way to stop. */
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExhaustedException() {
      super(null, null, false, false);
    }
  }

  private final class CountedText implements CharSequence {
    private final String text;
    private long free;

    CountedText(String text) {
      this.text = text;
      this.free = (long) PASSES * text.length();
    }

    @Override
    public char charAt(int index) {
      if (--free < 0 && --left < 0) {
        throw new ExhaustedException();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
