package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.catalog.Document.Kind;
import io.toolgate.openwebui.DocumentRule;
import io.toolgate.problem.Problem;
import io.toolgate.upstream.McpTool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
  private static final Cut ALL = server -> tool -> true;

  @Test
  void isOpenApi31WithATagPerServer() throws IOException {
    JsonNode document = overall(listing("a", "{'name':'x'}"), listing("b", "{'name':'y'}"));

    assertEquals("3.1.0", document.get("openapi").asText());
    assertEquals("Toolgate", document.at("/info/title").asText());
    assertEquals("1.2", document.at("/info/version").asText());
    assertEquals(List.of("a", "b"), document.get("tags").findValuesAsText("name"));
    assertEquals("A: Does a.", document.at("/tags/0/description").asText());
    assertTrue(document.at("/components/schemas").isObject());
  }

  @Test
  void describesAnOperation() throws IOException {
    JsonNode operation =
        operation(
            "{'name':'x','title':'Ex','description':'Does x.','inputSchema':{'type':'object',"
                + "'properties':{'q':{'type':'string'}},'required':['q']},"
                + "'annotations':{'readOnlyHint':true,'other':{'$ref':'#'}}}");

    assertEquals("a_x", operation.get("operationId").asText());
    assertEquals("Ex", operation.get("summary").asText());
    assertEquals("Does x.", operation.get("description").asText());
    assertEquals(JSON.readTree("['a']"), operation.get("tags"));
    assertTrue(operation.at("/requestBody/required").asBoolean());
    assertEquals("a", operation.get("x-mcp-server").asText());
    assertEquals("x", operation.get("x-mcp-tool").asText());
    assertEquals(JSON.readTree("{'readOnlyHint':true}"), operation.get("x-mcp-annotations"));
    assertFalse(operation.has("x-mcp-note"));
    SafeProfile.check(schema(operation));
  }

  @Test
  void describesAToolWithoutWordsByTitleElseName() throws IOException {
    assertEquals("Ex", operation("{'name':'x','title':'Ex'}").get("description").asText());
    assertEquals("x", operation("{'name':'x','description':' '}").get("description").asText());
    assertFalse(operation("{'name':''}").get("description").asText().isBlank());
  }

  @Test
  void doesNotRequireABodyWhereNoArgumentIsRequired() throws IOException {
    String schema = "{'name':'x','inputSchema':{'properties':{'a':{'type':'string'}}}}";

    assertFalse(operation(schema).at("/requestBody/required").asBoolean(true));
  }

  @Test
  void declaresNoBodyWhereThereAreNoArguments() throws IOException {
    for (String schema :
        List.of(
            "{'type':'object','properties':{}}",
            "{'type':'object','additionalProperties':false}",
            "false",
            "{'properties':{'a':{'type':'null'}}}")) {
      assertFalse(
          operation("{'name':'x','inputSchema':" + schema + "}").has("requestBody"), schema);
    }
  }

  @Test
  void declaresOneTextWhereTheSchemaNamesNoArguments() throws IOException {
    JsonNode operation = operation("{'name':'x'}");

    assertTrue(operation.at("/requestBody/required").asBoolean());
    assertEquals("string", schema(operation).at("/properties/arguments/type").asText());
  }

  @Test
  void describesTheAnswerByTheOutputSchema() throws IOException {
    JsonNode schema =
        operation(
                "{'name':'x','outputSchema':{'type':'object','properties':{'n':{'$ref':'#/$defs/N'}},"
                    + "'$defs':{'N':{'type':'object','properties':{'n':{'$ref':'#/$defs/N'}}}}}}")
            .at("/responses/200/content/application~1json/schema");

    SafeProfile.check(schema);
    assertEquals("object", schema.at("/properties/n/type").asText());
  }

  @Test
  void everyProblemOfACallIsAResponse() throws IOException {
    JsonNode document = overall(listing("a", "{'name':'x'}"));

    for (Problem problem : Problem.values()) {
      String status = "" + problem.status();
      JsonNode response = document.at("/paths/~1a~1x/post/responses/" + status);
      if (problem != Problem.METHOD_NOT_ALLOWED && problem != Problem.MALFORMED_QUERY) {
        JsonNode target = document.at(response.get("$ref").asText().substring(1));
        assertTrue(target.get("description").asText().contains(problem.title()));
        assertTrue(target.at("/content/application~1problem+json/schema/$ref").isTextual());
      }
    }
  }

  @Test
  void everyReferenceResolvesWithinComponents() throws IOException {
    JsonNode document = overall(listing("a", "{'name':'x'}"));

    for (String reference : document.findValuesAsText("$ref")) {
      assertTrue(reference.startsWith("#/components/"), reference);
      assertTrue(document.at(reference.substring(1)).isObject(), reference);
    }
    assertEquals(List.of(), document.at("/components/schemas").findValuesAsText("$ref"));
  }

  @Test
  void pathItemsHoldNothingButPost() throws IOException {
    JsonNode item = overall(listing("a", "{'name':'x'}")).at("/paths/~1a~1x");

    assertEquals(List.of("post"), names(item));
  }

  @Test
  void encodesToolNamesInPaths() throws IOException {
    JsonNode paths = overall(listing("a", "{'name':'b/ü {c}'}")).get("paths");

    assertEquals(List.of("/a/b%2F%C3%BC%20%7Bc%7D"), names(paths));
    assertEquals("b/ü {c}", paths.elements().next().at("/post/x-mcp-tool").asText());
  }

  @Test
  void listsServersAndToolsInTheirOrder() throws IOException {
    JsonNode document =
        overall(listing("b", "{'name':'z'}", "{'name':'a'}"), listing("a", "{'name':'x'}"));

    assertEquals(List.of("/b/z", "/b/a", "/a/x"), names(document.get("paths")));
  }

  @Test
  void oneStrangeToolCostsNoOtherOneAnything() throws IOException {
    ObjectNode deep = (ObjectNode) JSON.readTree("{'name':'deep'}");
    ArrayNode nested = deep.putObject("inputSchema").putArray("allOf");
    for (int i = 0; i < 50_000; i++) {
      nested = nested.addObject().putArray("allOf");
    }
    ObjectNode surrogate =
        (ObjectNode) JSON.readTree("{'name':'half \\ud800','description':'\\udc00'}");
    List<McpTool> tools = new ArrayList<>(List.of(new McpTool(deep), new McpTool(surrogate)));
    for (String strange :
        List.of(
            "{'name':'bool','inputSchema':false}",
            "{'name':'text','inputSchema':'x','annotations':'y','outputSchema':[]}",
            "{'name':'sane','inputSchema':{'properties':{'q':{'type':'string'}}}}")) {
      tools.add(new McpTool((ObjectNode) JSON.readTree(strange)));
    }

    JsonNode document = overall(new Listing("a", "A", "", tools));

    assertEquals(5, document.get("paths").size());
    assertTrue(document.at("/paths/~1a~1deep/post/x-mcp-note").isTextual());
    assertTrue(schema(document.at("/paths/~1a~1sane/post")).at("/properties/q").isObject());
    assertFalse(document.at("/paths/~1a~1bool/post").has("requestBody"));
    for (JsonNode item : document.get("paths")) {
      if (item.get("post").has("requestBody")) {
        SafeProfile.check(schema(item.get("post")));
      }
    }
  }

  @Test
  void theDocumentOfOneServerHasPathsRelativeToIt() throws IOException {
    Catalog catalog =
        Catalog.EMPTY.next(List.of(listing("a", "{'name':'x'}"), listing("b", "{'name':'y'}")));

    JsonNode document =
        read(new Documents("1.2", false, false).of(catalog, "a", ALL, Prefix.NONE).orElseThrow());

    assertEquals("A", document.at("/info/title").asText());
    assertEquals("Does a.", document.at("/info/description").asText());
    assertEquals(List.of("/x"), names(document.get("paths")));
    assertEquals("a_x", document.at("/paths/~1x/post/operationId").asText());
  }

  @Test
  void mcposNamesStandInTheDocumentOfOneServerOnly() throws IOException {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a", "{'name':'x-y'}")));
    Documents documents = new Documents("1.2", true, false);

    JsonNode alone = read(documents.of(catalog, "a", ALL, Prefix.NONE).orElseThrow());
    JsonNode overall = read(documents.overall(catalog, ALL, Prefix.NONE));

    assertEquals("tool_x_y_post", alone.at("/paths/~1x-y/post/operationId").asText());
    assertEquals("a_x-y", overall.at("/paths/~1a~1x-y/post/operationId").asText());
  }

  @Test
  void saysHowToProveOneselfWhereThatIsWanted() throws IOException {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a", "{'name':'x'}")));
    Documents documents = new Documents("1.2", false, true);

    JsonNode overall = read(documents.overall(catalog, ALL, Prefix.NONE));
    JsonNode alone = read(documents.of(catalog, "a", ALL, Prefix.NONE).orElseThrow());

    for (JsonNode document : List.of(overall, alone)) {
      assertEquals(JSON.readTree("[{'bearer':[]}]"), document.get("security"));
      JsonNode scheme = document.at("/components/securitySchemes/bearer");
      assertEquals("http", scheme.get("type").asText());
      assertEquals("bearer", scheme.get("scheme").asText());
      for (DocumentRule rule : DocumentRule.values()) {
        assertEquals(List.of(), rule.violations(document), rule.name());
      }
    }
  }

  @Test
  void asksForNoProofWhereNoneIsWanted() throws IOException {
    JsonNode document = overall(listing("a", "{'name':'x'}"));

    assertFalse(document.has("security"));
    assertFalse(document.get("components").has("securitySchemes"));
  }

  private static JsonNode operation(String tool) throws IOException {
    return overall(listing("a", tool)).get("paths").elements().next().get("post");
  }

  private static JsonNode schema(JsonNode operation) {
    return operation.at("/requestBody/content/application~1json/schema");
  }

  private static JsonNode overall(Listing... listings) throws IOException {
    Catalog catalog = Catalog.EMPTY.next(List.of(listings));
    return read(new Documents("1.2", false, false).overall(catalog, ALL, Prefix.NONE));
  }

  private static JsonNode read(Document document) throws IOException {
    return JSON.readTree(Served.bytes(document, Kind.JSON));
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }

  private static Listing listing(String server, String... tools) {
    return new Listing(
        server,
        server.toUpperCase(java.util.Locale.ROOT),
        "Does " + server + ".",
        Stream.of(tools).map(OpenApiDocumentTest::tool).toList());
  }

  private static McpTool tool(String json) {
    try {
      return new McpTool((ObjectNode) JSON.readTree(json));
    } catch (IOException broken) {
      throw new IllegalArgumentException(broken);
    }
  }
}
