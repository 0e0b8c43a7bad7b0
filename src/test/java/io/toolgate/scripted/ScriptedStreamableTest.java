package io.toolgate.scripted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptedStreamableTest {

  @Test
  void answersWithJson() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().start()) {
      HttpResponse<String> answer =
          new PostClient(server.url()).initialize().call("echo", "{'message':'hällo'}");

      assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow());
      assertEquals("hällo", PostClient.text(Json.read(answer.body())));
    }
  }

  @Test
  void answersWithEvents() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().answersWithEvents().start()) {
      PostClient client = new PostClient(server.url()).initialize();
      String body =
          client
              .request(
                  "tools/call",
                  "{'name':'progress','arguments':{'steps':2},'_meta':{'progressToken':1}}")
              .body();

      List<String> data = body.lines().filter(line -> line.startsWith("data: ")).toList();
      assertEquals(3, data.size());
      assertTrue(data.get(0).contains("notifications/progress"));
      assertEquals("done", PostClient.text(Json.read(data.get(2).substring("data: ".length()))));
    }
  }

  @Test
  void keepsSessions() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().start()) {
      PostClient stranger = new PostClient(server.url());
      PostClient client = stranger.initialize();
      String ping = "{'jsonrpc':'2.0','id':1,'method':'ping'}";

      assertEquals(200, client.post(ping).statusCode());
      assertEquals(400, stranger.post(ping).statusCode());
      assertEquals(404, stranger.with("Mcp-Session-Id", "nobody").post(ping).statusCode());
      assertEquals(204, client.send("DELETE", "").statusCode());
      assertEquals(404, client.post(ping).statusCode());
    }
  }

  @Test
  void forgetsItsSessions() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().start()) {
      PostClient client = new PostClient(server.url()).initialize();
      client.call("forget_sessions", "{}");

      assertEquals(404, client.call("echo", "{'message':'x'}").statusCode());
    }
  }

  @Test
  void servesWithoutSessions() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().stateless().start()) {
      PostClient client = new PostClient(server.url());

      assertFalse(
          client.request("initialize", "{}").headers().firstValue("Mcp-Session-Id").isPresent());
      assertEquals("x", PostClient.text(Json.read(client.call("echo", "{'message':'x'}").body())));
    }
  }

  @Test
  void acceptsNotificationsWithoutAnAnswer() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().start()) {
      HttpResponse<String> answer =
          new PostClient(server.url())
              .initialize()
              .post("{'jsonrpc':'2.0','method':'notifications/initialized'}");

      assertEquals(202, answer.statusCode());
      assertEquals("", answer.body());
    }
  }

  @Test
  void refusesABodyThatIsNotJson() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().start()) {

      assertEquals(400, new PostClient(server.url()).post("{").statusCode());
    }
  }

  @Test
  void announcesChangesOnTheStreamOfGet() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().getStream().start()) {
      PostClient client = new PostClient(server.url()).initialize();
      Iterator<String> stream = client.stream();
      client.call("change_tools", "{}");

      assertTrue(PostClient.nextData(stream).contains("tools/list_changed"));
    }
  }

  @Test
  void hasNoStreamForGetUnlessAsked() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().start()) {

      assertEquals(405, new PostClient(server.url()).initialize().send("GET", "").statusCode());
    }
  }

  @Test
  void asksTheClientOnTheStreamOfGet() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().getStream().start()) {
      PostClient client = new PostClient(server.url()).initialize();
      Iterator<String> stream = client.stream();
      CompletableFuture<HttpResponse<String>> call =
          client.callLater("ask_client", "{'method':'roots/list'}");

      JsonNode question = Json.read(PostClient.nextData(stream));
      client.post(
          "{'jsonrpc':'2.0','id':'%s','result':{'roots':[]}}"
              .formatted(question.get("id").asText()));
      assertEquals("roots/list", question.get("method").asText());
      assertTrue(PostClient.text(Json.read(call.get().body())).contains("\"roots\":[]"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 405, 500})
  void refusesPosts(int status) throws Exception {
    try (ScriptedProcess server = Scripted.streamable().refuse(status).start()) {

      assertEquals(status, new PostClient(server.url()).request("initialize", "{}").statusCode());
    }
  }

  @Test
  void requiresAHeaderAndShowsIt() throws Exception {
    try (ScriptedProcess server =
        Scripted.streamable().requireHeader("Authorization", "Bearer a=b").start()) {
      PostClient stranger = new PostClient(server.url());
      PostClient client = stranger.with("Authorization", "Bearer a=b").initialize();

      assertEquals(401, stranger.request("initialize", "{}").statusCode());
      String headers = PostClient.text(Json.read(client.call("headers", "{}").body()));
      assertEquals("Bearer a=b", Json.read(headers).get("authorization").asText());
    }
  }

  @Test
  void redirectsToWhereItServes() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().redirect().start()) {
      HttpResponse<String> answer = new PostClient(server.url()).request("initialize", "{}");

      assertEquals(307, answer.statusCode());
      String location = answer.headers().firstValue("Location").orElseThrow();
      new PostClient(server.url().resolve(location)).initialize();
    }
  }

  @Test
  void hangsUpWithoutAnAnswer() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().start()) {
      PostClient client = new PostClient(server.url()).initialize();

      Exception failure =
          assertThrows(ExecutionException.class, () -> client.call("hang_up", "{}"));
      assertEquals(IOException.class, failure.getCause().getClass());
    }
  }

  @Test
  void endsWithItsInput() throws Exception {
    try (ScriptedProcess server = Scripted.streamable().start()) {
      server.process().getOutputStream().close();

      Await.end(server.process());
    }
  }
}
