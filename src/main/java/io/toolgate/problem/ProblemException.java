package io.toolgate.problem;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * An occurrence of a {@link Problem}, on its way to the caller.
 *
 * <p>Immutable: the {@code with...} methods return a new one, so each layer adds what it knows (the
 * session the reason, the call path the server and tool). Has no stack trace, because it is an
 * answer and not a fault.
 */
public final class ProblemException extends RuntimeException {
  private final Problem problem;
  private final String server;
  private final String tool;
  private final List<Mistake> mistakes;
  private final OptionalInt retryAfterSeconds;

  ProblemException(Problem problem, String detail) {
    this(problem, detail, null, null, List.of(), OptionalInt.empty());
  }

  private ProblemException(
      Problem problem,
      String detail,
      String server,
      String tool,
      List<Mistake> mistakes,
      OptionalInt retryAfterSeconds) {
    super(detail, null, false, false);
    this.problem = problem;
    this.server = server;
    this.tool = tool;
    this.mistakes = List.copyOf(mistakes);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The same occurrence, at this server and (may be null) tool. */
  public ProblemException at(String newServer, String newTool) {
    return new ProblemException(
        problem, getMessage(), newServer, newTool, mistakes, retryAfterSeconds);
  }

  /** The same occurrence with the single mistakes behind it. */
  public ProblemException withMistakes(List<Mistake> newMistakes) {
    return new ProblemException(
        problem, getMessage(), server, tool, newMistakes, retryAfterSeconds);
  }

  /** The same occurrence, telling the caller that trying again after so many seconds is safe. */
  public ProblemException retryAfter(int seconds) {
    return new ProblemException(
        problem, getMessage(), server, tool, mistakes, OptionalInt.of(seconds));
  }

  /** The same occurrence in other words. */
  public ProblemException reworded(UnaryOperator<String> words) {
    return new ProblemException(
        problem, words.apply(getMessage()), server, tool, mistakes, retryAfterSeconds);
  }

  public Problem problem() {
    return problem;
  }

  public String detail() {
    return getMessage();
  }

  public Optional<String> server() {
    return Optional.ofNullable(server);
  }

  public Optional<String> tool() {
    return Optional.ofNullable(tool);
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }

  public OptionalInt retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
