package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.catalog.ShownNames;
import io.toolgate.problem.Mistake;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.util.List;

/** The problem that tells a caller what is wrong with its arguments; bounded in every direction. */
final class Refusal {
  static final int MAX_MISTAKES = 20;
  private static final int MAX_SENTENCE = 500;
  private static final int MAX_POINTER = 300;
  private static final String MORE = "; and more";

  private Refusal() {}

  static ProblemException of(Judgement judgement, JsonNode schema, ShownNames names) {
    boolean outOfBudget = judgement.isOutOfPatternBudget();
    List<Mistake> mistakes =
        new Findings(new MistakeWriter(schema, names, outOfBudget)).of(judgement.getErrors());
    return of(
        mistakes.isEmpty()
            ? List.of(new Mistake("", "could not be matched with a pattern in bounded time"))
            : mistakes);
  }

  static ProblemException of(List<Mistake> mistakes) {
    List<Mistake> shown =
        mistakes.stream()
            .limit(MAX_MISTAKES)
            .map(m -> new Mistake(Wording.shortened(m.pointer(), MAX_POINTER), m.detail()))
            .toList();
    return Problem.INVALID_ARGUMENTS.because(sentence(mistakes)).withMistakes(shown);
  }

  /** For example {@code 2 arguments do not fit: /a is required; /b must be a string ...}. */
  private static String sentence(List<Mistake> mistakes) {
    StringBuilder text = new StringBuilder(start(mistakes));
    int shown = 0;
    for (Mistake mistake : mistakes) {
      String one = subject(mistake) + ' ' + mistake.detail();
      if (shown > 0 && text.length() + one.length() + MORE.length() > MAX_SENTENCE) {
        return text.append(MORE).toString();
      }
      text.append(shown++ == 0 ? "" : "; ").append(one);
    }
    return text.toString();
  }

  private static String start(List<Mistake> mistakes) {
    long places = mistakes.stream().map(Mistake::pointer).distinct().count();
    if (places > MAX_MISTAKES) {
      return "More than " + MAX_MISTAKES + " arguments do not fit: ";
    }
    return places == 1 ? "1 argument does not fit: " : places + " arguments do not fit: ";
  }

  private static String subject(Mistake mistake) {
    return mistake.pointer().isEmpty()
        ? "the whole object"
        : Wording.shortened(mistake.pointer(), 150);
  }
}
