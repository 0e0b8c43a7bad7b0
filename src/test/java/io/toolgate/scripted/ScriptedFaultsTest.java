package io.toolgate.scripted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptedFaultsTest {
  private LineClient client;

  @BeforeEach
  void start() throws Exception {
    client = LineClient.of(Scripted.stdio());
  }

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void showsWhatItReceived() throws Exception {
    client.answerTo(client.send("initialize", "{'clientInfo':{'name':'test'}}"));
    client.sendLine(
        "{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':9}}");
    int meta =
        client.send("tools/call", "{'name':'meta','arguments':{},'_meta':{'traceparent':'00-1'}}");

    assertEquals(
        "{\"traceparent\":\"00-1\"}", client.answerTo(meta).at("/result/content/0/text").asText());
    assertEquals("{\"b\":2,\"a\":1}", client.text("arguments", "{'b':2,'a':1}"));
    assertEquals("[9]", client.text("cancelled", "{}"));
    assertEquals("{}", client.text("headers", "{}"));
    assertTrue(client.text("client", "{}").contains("\"name\":\"test\""));
  }

  @Test
  void leavesAGrandchildBehind() throws Exception {
    long pid = Long.parseLong(client.text("spawn_grandchild", "{}"));

    Optional<ProcessHandle> grandchild = ProcessHandle.of(pid);
    assertTrue(grandchild.orElseThrow().isAlive());
    assertEquals(client.process().pid(), grandchild.get().parent().orElseThrow().pid());
  }

  @Test
  void answersOthersWhileOneIsSlowAndOneNeverAnswers() throws Exception {
    client.sendCall("never", "{}");
    int slow = client.sendCall("slow", "{'ms':300}");
    int echo = client.sendCall("echo", "{'message':'quick'}");

    assertEquals(echo, client.next().get("id").intValue());
    assertEquals(slow, client.next().get("id").intValue());
  }

  @Test
  void crashesBeforeTheAnswer() throws Exception {
    client.sendCall("crash", "{}");

    assertEquals(7, client.exitCode());
    client.awaitEnd();
  }

  @Test
  void crashesAfterTheAnswer() throws Exception {
    assertEquals("last words", client.text("crash_after", "{}"));
    assertEquals(7, client.exitCode());
  }

  @Test
  void closesStandardOutputAndLivesOn() throws Exception {
    client.sendCall("hang_up", "{}");

    client.awaitEnd();
    assertFalse(client.process().waitFor(50, TimeUnit.MILLISECONDS));
  }

  @Test
  void speaksGarbageBeforeTheAnswer() throws Exception {
    assertEquals("after garbage", client.text("garbage_then_answer", "{}"));
    assertTrue(client.seen().contains("INFO ready to serve"));
    assertTrue(client.seen().contains("{\"jsonrpc\":\"2.0\",\"id\":"));
    assertTrue(client.seen().stream().anyMatch(line -> line.contains("\uFFFD")));
  }

  @Test
  void answersInPieces() throws Exception {
    assertEquals("名前", client.text("answer_in_pieces", "{'message':'名前'}"));
  }

  @Test
  void answersTwice() throws Exception {
    int id = client.sendCall("answer_twice", "{}");

    assertEquals("first", client.answerTo(id).at("/result/content/0/text").asText());
    assertEquals("second", client.answerTo(id).at("/result/content/0/text").asText());
  }

  @Test
  void answersAnUnknownIdFirst() throws Exception {
    int id = client.sendCall("answer_unknown_id_first", "{}");

    assertEquals("nobody-asked", client.next().get("id").asText());
    assertEquals("for you", client.answerTo(id).at("/result/content/0/text").asText());
  }

  @Test
  void answersWithTheIdAsText() throws Exception {
    int id = client.sendCall("answer_with_string_id", "{}");

    assertTrue(client.answerTo(id).get("id").isTextual());
  }

  @Test
  void announcesItsChangedTools() throws Exception {
    assertEquals("added 'added'", client.text("change_tools", "{}"));
    assertEquals("removed 'echo'", client.text("remove_tools", "{}"));
    JsonNode tools = client.answerTo(client.send("tools/list", "{}")).at("/result/tools");

    assertEquals(
        2, client.seen().stream().filter(line -> line.contains("tools/list_changed")).count());
    assertTrue(tools.findValuesAsText("name").contains("added"));
    assertFalse(tools.findValuesAsText("name").contains("echo"));
    assertEquals("{\"tool\":\"added\",\"arguments\":{}}", client.text("added", "{}"));
  }

  @Test
  void reportsProgressToItsToken() throws Exception {
    client.send(
        "tools/call",
        "{'name':'progress','arguments':{'steps':2},'_meta':{'progressToken':'token'}}");

    assertEquals(
        json("{'progress':1,'total':2,'progressToken':'token'}"), client.next().get("params"));
    assertEquals(2, client.next().at("/params/progress").intValue());
    assertEquals("done", client.next().at("/result/content/0/text").asText());
  }

  @Test
  void asksTheClient() throws Exception {
    int id = client.sendCall("ask_client", "{'method':'roots/list'}");

    JsonNode question = client.next();
    assertEquals("roots/list", question.get("method").asText());
    client.sendLine(
        "{'jsonrpc':'2.0','id':'%s','result':{'roots':[]}}".formatted(question.get("id").asText()));
    assertEquals(
        json("{'roots':[]}"),
        Json.read(client.answerTo(id).at("/result/content/0/text").asText()).get("result"));
  }

  private static JsonNode json(String text) throws Exception {
    return Json.read(text.replace('\'', '"'));
  }
}
