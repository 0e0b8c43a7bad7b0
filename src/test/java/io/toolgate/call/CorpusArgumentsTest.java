package io.toolgate.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.corpus.CorpusTool;
import io.toolgate.problem.Mistake;
import io.toolgate.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The tools of real servers: arguments that are valid for the original schema are accepted, invalid
 * ones refused. What is valid is decided by a validator of its own, set up as its makers ship it.
 */
class CorpusArgumentsTest {
  private static final int SAMPLES = 5;
  private static final int CHANGED_SAMPLES = 2;

  @Test
  void checksEverySchemaOfTheCorpus() {
    List<String> notes =
        CorpusTool.all().stream()
            .flatMap(
                tool ->
                    ArgumentCheck.compile(tool.schema()).note().stream()
                        .map(note -> tool.path() + ": " + note))
            .toList();
    assertEquals(List.of(), notes);
  }

  @Test
  void acceptsValidArguments() {
    List<String> wronglyRefused = new ArrayList<>();
    for (CorpusTool tool : CorpusTool.all()) {
      ArgumentCheck check = ArgumentCheck.compile(tool.schema());
      for (ObjectNode sample : tool.validArguments(SAMPLES)) {
        refusal(check, sample).ifPresent(r -> wronglyRefused.add(tool.path() + r));
      }
    }
    assertEquals(List.of(), wronglyRefused);
  }

  @Test
  void refusesInvalidArgumentsAndNoOthers() {
    List<String> wrong = new ArrayList<>();
    List<String> withoutInvalid = new ArrayList<>();
    int refused = 0;
    for (CorpusTool tool : CorpusTool.all()) {
      ArgumentCheck check = ArgumentCheck.compile(tool.schema());
      int before = refused;
      for (ObjectNode sample : tool.validArguments(CHANGED_SAMPLES)) {
        for (ObjectNode mutant : Mutants.of(sample, tool.schema())) {
          boolean valid = tool.isValid(mutant);
          Optional<List<Mistake>> refusal = refusal(check, mutant);
          refused += refusal.isPresent() ? 1 : 0;
          if (valid == refusal.isPresent()) {
            wrong.add(tool.path() + ' ' + mutant + ' ' + refusal);
          }
        }
      }
      if (refused == before && !tool.takesAnything()) {
        withoutInvalid.add(tool.path());
      }
    }
    assertEquals(List.of(), wrong.subList(0, Math.min(5, wrong.size())));
    assertEquals(List.of(), withoutInvalid);
    assertTrue(refused > 10_000, "refused only " + refused);
  }

  private static Optional<List<Mistake>> refusal(ArgumentCheck check, ObjectNode arguments) {
    try {
      assertEquals(arguments, check.check(arguments));
      return Optional.empty();
    } catch (ProblemException refusal) {
      assertTrue(!refusal.mistakes().isEmpty());
      return Optional.of(refusal.mistakes());
    }
  }
}
