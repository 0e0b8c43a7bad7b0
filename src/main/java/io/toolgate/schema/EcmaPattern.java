package io.toolgate.schema;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A {@code pattern} of JSON Schema, which is a regular expression of ECMA-262, not anchored.
 *
 * <p>Invariant: matching ends soon, whatever pattern and text are; see {@link PatternBudget}. What
 * Java cannot express, or cannot match because the text is too long for a recursive matcher, judges
 * nothing, because the server judges itself.
 *
 * <p>Threading: immutable; the budget belongs to the thread.
 */
public final class EcmaPattern {
  /** Null where the source is no pattern that Java can express. */
  private final Pattern pattern;

  private EcmaPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  public static EcmaPattern of(String source) {
    if (source == null) {
      return new EcmaPattern(null);
    }
    try {
      return new EcmaPattern(Pattern.compile(EcmaSyntax.toJava(source)));
    } catch (PatternSyntaxException | StackOverflowError | IndexOutOfBoundsException unknown) {
      return new EcmaPattern(null);
    }
  }

  /** Whether it can be applied at all. */
  boolean isUsable() {
    return pattern != null;
  }

  /** False also when the budget ran out; the budget remembers that. */
  public boolean matches(String text) {
    if (pattern == null) {
      return true;
    }
    PatternBudget budget = PatternBudget.current();
    if (budget.isExhausted()) {
      return false;
    }
    try {
      return pattern.matcher(budget.text(text)).find();
    } catch (PatternBudget.ExhaustedException tooManySteps) {
      return false;
    } catch (StackOverflowError tooLong) {
      return true;
    }
  }
}
