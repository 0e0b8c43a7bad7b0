package io.toolgate.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.toolgate.call.Mutants;
import io.toolgate.call.ValidArguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A tool of the corpus, and arguments that are valid and invalid for it. What is valid is decided
 * by a validator of its own, set up as its makers ship it.
 *
 * @param server the recording's name
 */
public record CorpusTool(String server, String name, JsonNode schema) {
  private static final Path CORPUS = Path.of("src", "test", "corpus");
  private static final int TRIES = 60;

  /** The one tool of which a pattern is not what its author means, so that nobody judges by it. */
  private static final String ESCAPED_TWICE = "/postman/getApiCatalogServiceEndpoints";

  private static final Map<String, Schema> ORACLES = new ConcurrentHashMap<>();

  /** The {@code tools} of each recording, by server. */
  static Map<String, JsonNode> recordings() {
    Map<String, JsonNode> recordings = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(CORPUS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        JsonNode tools = new ObjectMapper().readTree(file.toFile()).path("tools");
        if (tools.isArray()) {
          recordings.put(file.getFileName().toString().replace(".json", ""), tools);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return recordings;
  }

  public static List<CorpusTool> all() {
    List<CorpusTool> all = new ArrayList<>();
    recordings()
        .forEach(
            (server, tools) ->
                tools.forEach(
                    tool ->
                        all.add(
                            new CorpusTool(
                                server, tool.get("name").asText(), tool.get("inputSchema")))));
    return all;
  }

  public String path() {
    return "/" + server + "/" + name;
  }

  /** Different ones, the same at each run; never none. */
  public List<ObjectNode> validArguments(int most) {
    List<ObjectNode> samples =
        IntStream.range(0, TRIES)
            .mapToObj(seed -> ValidArguments.of(schema, seed + path().hashCode()))
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .filter(sample -> isValid(sample))
            .distinct()
            .limit(most)
            .toList();
    if (samples.isEmpty()) {
      throw new AssertionError("no valid arguments found for " + path());
    }
    return samples;
  }

  /** Valid ones with one mistake, spread over what can be mistaken; none where all is accepted. */
  List<ObjectNode> invalidArguments(int most) {
    List<ObjectNode> mutants = Mutants.of(validArguments(1).get(0), schema);
    List<ObjectNode> invalid = mutants.stream().filter(mutant -> !isValid(mutant)).toList();
    int step = Math.max(1, invalid.size() / most);
    return IntStream.range(0, Math.min(most, invalid.size()))
        .mapToObj(i -> invalid.get(i * step))
        .toList();
  }

  /** Whether its schema refuses no object: without properties, unknown ones not forbidden. */
  public boolean takesAnything() {
    return schema.path("properties").isEmpty() && !schema.has("additionalProperties");
  }

  /** Formats describe and do not judge, as JSON Schema 2020-12 has it. */
  public boolean isValid(ObjectNode arguments) {
    return ORACLES
        .computeIfAbsent(path(), path -> oracle())
        .validate(
            arguments, context -> context.executionConfig(c -> c.formatAssertionsEnabled(false)))
        .isEmpty();
  }

  private Schema oracle() {
    JsonNode judged = schema.deepCopy();
    if (path().equals(ESCAPED_TWICE)) {
      ((ObjectNode) judged.at("/properties/responseCodes")).remove("pattern");
    }
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(judged);
  }
}
