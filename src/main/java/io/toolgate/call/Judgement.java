package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import io.toolgate.schema.PatternBudget;
import java.util.List;

/**
 * One run of a schema over some arguments, bounded in time and memory.
 *
 * <p>A schema may branch at every level of a deep value, and every element of a long array may be
 * wrong in several ways. So the run counts its steps and gives up after {@value #MAX_STEPS}, and
 * keeps no more than {@value #MAX_ERRORS} errors in any list; a list that is cut is never empty, so
 * the verdict stays the same.
 *
 * <p>Threading: belongs to the thread of one call.
 */
final class Judgement extends ExecutionContext {
  static final int MAX_STEPS = 10_000_000;
  private static final int MAX_ERRORS = 1_000;
  private static final ExecutionConfig CONFIG =
      ExecutionConfig.builder().formatAssertionsEnabled(false).build();

  private int steps;
  private boolean outOfPatternBudget;

  private Judgement() {
    super(CONFIG);
  }

  /**
   * @throws TooManyStepsException when the run was given up
   */
  static Judgement of(Schema schema, JsonNode arguments) {
    PatternBudget patterns = PatternBudget.open();
    try {
      Judgement judgement = new Judgement();
      schema.validate(judgement, arguments);
      judgement.outOfPatternBudget = patterns.isExhausted();
      return judgement;
    } finally {
      PatternBudget.close();
    }
  }

  /** Whether the arguments fit, for sure. */
  boolean fits() {
    return getErrors().isEmpty() && !outOfPatternBudget;
  }

  /** Whether some pattern could not be applied to its end. */
  boolean isOutOfPatternBudget() {
    return outOfPatternBudget;
  }

  @Override
  public void evaluationPathAddLast(String keyword) {
    if (++steps > MAX_STEPS) {
      throw new TooManyStepsException();
    }
    super.evaluationPathAddLast(keyword);
  }

  @Override
  public void addError(Error error) {
    if (getErrors().size() < MAX_ERRORS) {
      super.addError(error);
    }
  }

  @Override
  public void setErrors(List<Error> errors) {
    if (errors.size() > MAX_ERRORS) {
      errors.subList(MAX_ERRORS, errors.size()).clear();
    }
    super.setErrors(errors);
  }

  /** The arguments are too complex to be judged by their schema. */
  static final class TooManyStepsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyStepsException() {
      super(null, null, false, false);
    }
  }
}
