package io.toolgate.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.openwebui.Auth;
import io.toolgate.openwebui.Browser;
import io.toolgate.openwebui.Connection;
import io.toolgate.openwebui.DocumentRule;
import io.toolgate.openwebui.ModelApi;
import io.toolgate.openwebui.NewBackend;
import io.toolgate.openwebui.OldBackend;
import io.toolgate.openwebui.OpenWebUi;
import io.toolgate.openwebui.ToolResult;
import io.toolgate.product.Answer;
import io.toolgate.product.Product;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole corpus in one running product: each recording is served by a scripted server of its
 * name, whose tools answer with what reached them.
 */
class CorpusIT {
  private static final int SAMPLES = 3;
  private static final int PARALLEL = 8;

  @TempDir private static Path folder;
  private static List<CorpusTool> tools;
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    tools = CorpusTool.all();
    Map<String, Map<String, ?>> servers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> recording : CorpusTool.recordings().entrySet()) {
      Path file = folder.resolve(recording.getKey() + ".json");
      Files.writeString(file, recording.getValue().toString());
      Scripted server = Scripted.stdio().withoutBuiltins().tools(file);
      servers.put(recording.getKey(), Product.definition(server));
    }
    product = Product.serving(servers).awaitReady(servers.keySet().toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  static Stream<OpenWebUi> clients() {
    return Stream.of(new OldBackend(), new NewBackend(), new Browser());
  }

  /** What the check finds wrong with the tools, some of which are checked at the same time. */
  private static List<String> mistakes(Function<CorpusTool, List<String>> check) {
    ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
    try {
      List<Callable<List<String>>> checks = new ArrayList<>();
      tools.forEach(tool -> checks.add(() -> check.apply(tool)));
      List<String> mistakes = new ArrayList<>();
      for (Future<List<String>> found : threads.invokeAll(checks)) {
        mistakes.addAll(found.get());
      }
      return mistakes;
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void corpusHoldsAtLeast200ToolsOf12Servers() {
    assertTrue(tools.size() >= 200, "tools: " + tools.size());
    assertTrue(tools.stream().map(CorpusTool::server).distinct().count() >= 12);
  }

  @Test
  void everyToolStandsInTheDocument() {
    JsonNode paths = product.get("/openapi.json").json().path("paths");

    assertEquals(tools.size(), paths.size());
    for (CorpusTool tool : tools) {
      JsonNode operation = paths.path(tool.path()).path("post");
      assertEquals(tool.name(), operation.path("x-mcp-tool").asText(), tool.path());
      assertEquals(tool.server(), operation.path("x-mcp-server").asText(), tool.path());
    }
  }

  @Test
  void everyServersPageHoldsTheSchemasAsTheyWereSent() {
    CorpusTool.recordings()
        .forEach(
            (server, recorded) -> {
              JsonNode served = product.get("/" + server).json().path("tools");
              for (String member : List.of("name", "inputSchema", "outputSchema", "annotations")) {
                assertEquals(members(recorded, member), members(served, member), server);
              }
            });
  }

  private static List<String> members(JsonNode tools, String member) {
    List<String> members = new ArrayList<>();
    tools.forEach(tool -> members.add(tool.path(member).toString()));
    return members;
  }

  @ParameterizedTest
  @EnumSource
  void documentKeepsTheRule(DocumentRule rule) {
    JsonNode document = product.get("/openapi.json").json();

    assertEquals(List.of(), rule.violations(document).stream().limit(10).toList());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void everyToolIsOfferedToTheModel(OpenWebUi client) {
    Connection connection = client.connect(product.url(), Auth.none());

    assertEquals(tools.size(), connection.tools().size());
    assertEquals(List.of(), ModelApi.check(connection.tools()).stream().limit(10).toList());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void everyToolIsCalledByOpenWebUi(OpenWebUi client) {
    Connection connection = client.connect(product.url(), Auth.none());

    List<String> mistakes =
        mistakes(
            tool -> {
              ToolResult result =
                  connection.call(
                      tool.server() + "_" + tool.name(), asAModelGivesThem(tool), Map.of());
              boolean reached =
                  !(result instanceof ToolResult.Failed)
                      && result.message().contains('"' + tool.name() + '"');
              return reached ? List.of() : List.of(tool.path() + ": " + result.message());
            });

    assertEquals(List.of(), mistakes);
  }

  /**
   * Not none, unless the tool takes none (null is as good as none); as text, where the schema names
   * no arguments.
   */
  private static ObjectNode asAModelGivesThem(CorpusTool tool) {
    if (!tool.schema().has("properties")) {
      return JsonNodeFactory.instance.objectNode().put("arguments", "{\"a\": 1}");
    }
    JsonNode declared = tool.schema().get("properties");
    ObjectNode arguments = tool.validArguments(1).get(0).deepCopy();
    arguments.properties().removeIf(argument -> !declared.has(argument.getKey()));
    if (arguments.isEmpty() && !declared.isEmpty()) {
      arguments.putNull(declared.fieldNames().next());
    }
    return arguments;
  }

  @Test
  void validArgumentsReachTheirToolUnchanged() {
    List<String> mistakes =
        mistakes(
            tool ->
                tool.validArguments(SAMPLES).stream()
                    .filter(arguments -> !isEcho(tool, arguments))
                    .map(arguments -> tool.path() + " " + arguments)
                    .toList());

    assertEquals(List.of(), mistakes);
  }

  private static boolean isEcho(CorpusTool tool, ObjectNode arguments) {
    Answer answer = product.post(tool.path(), arguments.toString());
    String echo = "{\"tool\":\"" + tool.name() + "\",\"arguments\":" + arguments + "}";
    return answer.status() == 200 && answer.text().equals(echo);
  }

  @Test
  void invalidArgumentsAreRefusedWithTheirPlace() {
    List<String> mistakes =
        mistakes(
            tool -> {
              List<ObjectNode> samples = tool.invalidArguments(SAMPLES);
              if (samples.isEmpty() && !tool.takesAnything()) {
                return List.of(tool.path() + " has no invalid arguments");
              }
              return samples.stream()
                  .filter(arguments -> !isRefused(tool, arguments))
                  .map(arguments -> tool.path() + " " + arguments)
                  .toList();
            });

    assertEquals(List.of(), mistakes);
  }

  private static boolean isRefused(CorpusTool tool, ObjectNode arguments) {
    Answer answer = product.post(tool.path(), arguments.toString());
    return answer.status() == 422
        && answer.problem().equals("invalid-arguments")
        && answer.json().at("/errors/0/pointer").isTextual();
  }
}
