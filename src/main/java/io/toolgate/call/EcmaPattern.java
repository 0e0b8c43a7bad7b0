package io.toolgate.call;

import com.networknt.schema.regex.RegularExpression;
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
final class EcmaPattern implements RegularExpression {
  private final Pattern pattern;

  private EcmaPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  static RegularExpression of(String source) {
    if (source == null) {
      return text -> true;
    }
    try {
      return new EcmaPattern(Pattern.compile(EcmaSyntax.toJava(source)));
    } catch (PatternSyntaxException | StackOverflowError | IndexOutOfBoundsException unknown) {
      return text -> true;
    }
  }

  /** False also when the budget ran out; the budget remembers that. */
  @Override
  public boolean matches(String text) {
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
