package io.toolgate.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.toolgate.problem.Mistake;
import io.toolgate.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tools of real servers: arguments that are valid for the original schema are accepted, invalid
 * ones refused. What is valid is decided by a validator of its own, set up as its makers ship it.
 */
class CorpusArgumentsTest {
  private static final Path CORPUS = Path.of("src", "test", "corpus");
  private static final int SAMPLES = 5;
  private static final int TRIES = 60;
  private static final int CHANGED_SAMPLES = 2;

  private record Tool(String name, JsonNode schema) {}

  @Test
  void checksEverySchemaOfTheCorpus() throws IOException {
    List<String> notes =
        tools().stream()
            .flatMap(
                tool ->
                    ArgumentCheck.compile(tool.schema()).note().stream()
                        .map(note -> tool.name() + ": " + note))
            .toList();
    assertEquals(List.of(), notes);
  }

  @Test
  void acceptsValidArguments() throws IOException {
    List<String> wronglyRefused = new ArrayList<>();
    List<String> withoutSample = new ArrayList<>();
    for (Tool tool : tools()) {
      ArgumentCheck check = ArgumentCheck.compile(tool.schema());
      List<ObjectNode> samples = validSamples(tool);
      if (samples.isEmpty()) {
        withoutSample.add(tool.name());
      }
      for (ObjectNode sample : samples) {
        refusal(check, sample).ifPresent(r -> wronglyRefused.add(tool.name() + r));
      }
    }
    assertEquals(List.of(), wronglyRefused);
    assertEquals(List.of(), withoutSample);
  }

  @Test
  void refusesInvalidArgumentsAndNoOthers() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> withoutInvalid = new ArrayList<>();
    int refused = 0;
    for (Tool tool : tools()) {
      ArgumentCheck check = ArgumentCheck.compile(tool.schema());
      Schema oracle = oracle(tool);
      int before = refused;
      for (ObjectNode sample : validSamples(tool).stream().limit(CHANGED_SAMPLES).toList()) {
        for (ObjectNode mutant : Mutants.of(sample, tool.schema())) {
          boolean valid =
              oracle
                  .validate(
                      mutant,
                      context -> context.executionConfig(c -> c.formatAssertionsEnabled(false)))
                  .isEmpty();
          Optional<List<Mistake>> refusal = refusal(check, mutant);
          refused += refusal.isPresent() ? 1 : 0;
          if (valid == refusal.isPresent()) {
            wrong.add(tool.name() + ' ' + mutant + ' ' + refusal);
          }
        }
      }
      if (refused == before && !takesAnything(tool.schema())) {
        withoutInvalid.add(tool.name());
      }
    }
    assertEquals(List.of(), wrong.subList(0, Math.min(5, wrong.size())));
    assertEquals(List.of(), withoutInvalid);
    assertTrue(refused > 10_000, "refused only " + refused);
  }

  /** A schema without properties refuses no object, unless it forbids unknown ones. */
  private static boolean takesAnything(JsonNode schema) {
    return schema.path("properties").isEmpty() && !schema.has("additionalProperties");
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

  private static List<ObjectNode> validSamples(Tool tool) {
    Schema oracle = oracle(tool);
    List<ObjectNode> samples = new ArrayList<>();
    for (int seed = 0; seed < TRIES && samples.size() < SAMPLES; seed++) {
      JsonNode proposal = ValidArguments.of(tool.schema(), seed + tool.name().hashCode());
      if (proposal instanceof ObjectNode sample && oracle.validate(sample).isEmpty()) {
        samples.add(sample);
      }
    }
    return samples;
  }

  private static Schema oracle(Tool tool) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(tool.schema());
  }

  private static List<Tool> tools() throws IOException {
    List<Tool> tools = new ArrayList<>();
    try (Stream<Path> files = Files.list(CORPUS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        JsonNode server = new ObjectMapper().readTree(file.toFile());
        for (JsonNode tool : server.path("tools")) {
          tools.add(
              new Tool(
                  file.getFileName() + " " + tool.get("name").asText(), tool.get("inputSchema")));
        }
      }
    }
    assertTrue(tools.size() >= 200, "the corpus has only " + tools.size() + " tools");
    return tools;
  }
}
