package io.toolgate.scripted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptedAnswersTest {
  private static LineClient client;

  @BeforeAll
  static void start() throws Exception {
    client = LineClient.of(Scripted.stdio());
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "echo            | {'message':'hällo'}   | [{'type':'text','text':'hällo'}]",
        "json_text       | {'text':'007'}        | [{'type':'text','text':'007'}]",
        "add             | {'a':1,'b':2}         | [{'type':'text','text':'3'}]",
        "add             | {'a':1.5,'b':2}       | [{'type':'text','text':'3.5'}]",
        "none            | {}                    | []",
        "unknown_content | {}                    | [{'type':'hologram','depth':3}]",
        "big             | {'bytes':3}           | [{'type':'text','text':'xxx'}]",
      })
  void answersWithContent(String tool, String arguments, String content) throws Exception {
    assertEquals(json(content), client.call(tool, arguments).get("content"));
  }

  @ParameterizedTest
  @CsvSource({
    "image, image",
    "audio, audio",
    "resource_link, resource_link",
    "embedded_text, resource",
    "embedded_blob, resource",
    "mixed, text",
  })
  void answersWithEveryKindOfContent(String tool, String type) throws Exception {
    assertEquals(type, client.call(tool, "{}").at("/content/0/type").asText());
  }

  @Test
  void answersWithStructureBesideText() throws Exception {
    JsonNode result = client.call("structured", "{}");

    assertEquals(json("{'city':'Bern','degrees':21.5}"), result.get("structuredContent"));
    assertEquals("21.5 degrees in Bern", result.at("/content/0/text").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fail          | {'message':'no'} | {'content':[{'type':'text','text':'no'}],'isError':true}",
        "fail_silently | {}                    | {'content':[],'isError':true}",
        "null_result   | {}                    | null",
        "broken_result | {}                    | 'no object'",
        "broken_result | {'kind':'no_content'} | {}",
        "broken_result | {'kind':'content'}    | {'content':'no array'}",
        "broken_result | {'kind':'item'}       | {'content':[7,null]}",
      })
  void failsInManyWays(String tool, String arguments, String result) throws Exception {
    assertEquals(json(result), client.call(tool, arguments));
  }

  @Test
  void answersWithTheJsonRpcErrorItIsTold() throws Exception {
    int id = client.sendCall("rpc_error", "{'code':-32602,'message':'bad','data':{'x':1}}");

    assertEquals(
        json("{'code':-32602,'message':'bad','data':{'x':1}}"), client.answerTo(id).get("error"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"with space", "with/slash", "with.dot", "ünïcode-名前", ".", "..", "%41", "a?b#c"})
  void echoesForOddNames(String name) throws Exception {
    assertEquals(
        json("{'tool':'%s','arguments':{'x':1}}".formatted(name)),
        Json.read(client.text(name, "{'x':1}")));
  }

  @Test
  void listsANameOf200CharactersAndSchemasThatAreNone() throws Exception {
    JsonNode tools = client.answerTo(client.send("tools/list", "{}")).at("/result/tools");

    assertTrue(tools.findValuesAsText("name").stream().anyMatch(name -> name.length() == 200));
    assertTrue(tool(tools, "schema_true").get("inputSchema").isBoolean());
    assertFalse(tool(tools, "schema_missing").has("inputSchema"));
  }

  @Test
  void showsItsProcess() throws Exception {
    assertEquals(String.valueOf(client.process().pid()), client.text("pid", "{}"));
    assertEquals(System.getProperty("user.dir"), client.text("working_directory", "{}"));
    assertEquals(
        System.getenv("PATH"), Json.read(client.text("environment", "{}")).path("PATH").asText());
    assertEquals("printed", client.text("stderr", "{'line':'a line on purpose'}"));
  }

  @Test
  void refusesUnknownToolsAndMethods() throws Exception {
    int tool = client.sendCall("nothing", "{}");
    int method = client.send("prompts/list", "{}");

    assertEquals(-32602, client.answerTo(tool).at("/error/code").intValue());
    assertEquals(-32601, client.answerTo(method).at("/error/code").intValue());
  }

  private static JsonNode tool(JsonNode tools, String name) {
    for (JsonNode tool : tools) {
      if (tool.path("name").asText().equals(name)) {
        return tool;
      }
    }
    throw new AssertionError(name + " is not listed");
  }

  private static JsonNode json(String text) throws Exception {
    return Json.read(text.replace('\'', '"'));
  }
}
