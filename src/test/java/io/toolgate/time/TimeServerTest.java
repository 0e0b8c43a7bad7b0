package io.toolgate.time;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.toolgate.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2025-07-01T12:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, 2024-11-05",
    "2025-03-26, 2025-03-26",
    "2025-06-18, 2025-06-18",
    "2025-11-25, 2025-11-25",
    "2099-01-01, 2025-11-25",
  })
  void answersTheClientsRevisionOrTheNewest(String asked, String answered) throws IOException {
    JsonNode answer =
        answer(
            "{'jsonrpc':'2.0','id':0,'method':'initialize','params':{'protocolVersion':'%s'}}"
                .formatted(asked));

    assertEquals(answered, answer.at("/result/protocolVersion").asText());
    assertTrue(answer.at("/result/capabilities/tools").isObject());
    assertEquals("toolgate-time", answer.at("/result/serverInfo/name").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'jsonrpc':'2.0','id':1,'method':'prompts/list'}                       | 1    | -32601",
        "{'jsonrpc':'2.0','id':2,'method':'tools/list','params':[]}             | 2    | -32602",
        "{'jsonrpc':'2.0','id':3,'method':'tools/call'}                         | 3    | -32602",
        "{'jsonrpc':'2.0','id':4,'method':'tools/call','params':{'name':'no'}}  | 4    | -32602",
        "{'jsonrpc':'2.0','id':5,'method':'tools/call','params':{'arguments':1}}| 5    | -32602",
        "{'jsonrpc':'2.0','id':6}                                               | 6    | -32600",
        "{'jsonrpc':'2.0','id':{},'method':'ping'}                              | null | -32600",
        "[]                                                                     | null | -32600",
        "{'jsonrpc':                                                            | null | -32700",
      })
  void answersAWrongRequestWithItsCode(String request, String id, int code) throws IOException {
    JsonNode answer = answer(request);

    assertEquals(id, answer.get("id").toString());
    assertEquals(code, answer.at("/error/code").intValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'jsonrpc':'2.0','method':'notifications/initialized'}",
        "{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':1}}",
        "{'jsonrpc':'2.0','id':1,'result':{}}",
        "   ",
      })
  void staysSilentToWhatIsNoRequest(String line) throws IOException {
    assertEquals("", answers(line));
  }

  @Test
  void goesOnAfterALineThatIsNotJson() throws IOException {
    String answers = answers("garbage\n{'jsonrpc':'2.0','id':'a','method':'ping'}");

    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}", answers.lines().toList().get(1));
  }

  @Test
  void answersACallAsStructureAndAsTheSameText() throws IOException {
    JsonNode result = call("get_current_time", "{'timezone':'Asia/Tokyo'}");

    JsonNode structure = result.get("structuredContent");
    assertEquals("2025-07-01T21:00:00+09:00", structure.get("datetime").asText());
    assertEquals(structure, JSON.readTree(result.at("/content/0/text").asText()));
  }

  @Test
  void answersAMistakeInTheArgumentsAsAnErrorOfTheTool() throws IOException {
    JsonNode result = call("get_current_time", "{'timezone':'Asia/Tokio'}");

    assertTrue(result.get("isError").booleanValue());
    assertEquals(
        "There is no time zone 'Asia/Tokio'. Did you mean 'Asia/Tokyo'?",
        result.at("/content/0/text").asText());
  }

  @Test
  void runsAsAProcessAndEndsWithItsInput() throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TimeServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream in = server.getOutputStream()) {
      in.write("{\"jsonrpc\":\"2.0\",\"id\":\"é\",\"method\":\"tools/list\"}\n".getBytes(UTF_8));
    }

    List<String> lines = new String(server.getInputStream().readAllBytes(), UTF_8).lines().toList();

    assertEquals(1, lines.size());
    assertEquals("é", JSON.readTree(lines.get(0)).get("id").asText());
    assertEquals(2, JSON.readTree(lines.get(0)).at("/result/tools").size());
    Await.end(server);
    assertEquals(0, server.exitValue());
  }

  private static JsonNode call(String tool, String arguments) throws IOException {
    return answer(
            "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'%s','arguments':%s}}"
                .formatted(tool, arguments))
        .get("result");
  }

  private static JsonNode answer(String line) throws IOException {
    return JSON.readTree(answers(line));
  }

  private static String answers(String lines) throws IOException {
    StringWriter out = new StringWriter();
    new TimeServer(NOON).serve(new StringReader(lines.replace('\'', '"')), out);
    return out.toString();
  }
}
