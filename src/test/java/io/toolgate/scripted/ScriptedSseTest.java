package io.toolgate.scripted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScriptedSseTest {

  @Test
  void answersOnTheStream() throws Exception {
    try (ScriptedProcess server = Scripted.sse().start()) {
      Iterator<String> stream = new PostClient(server.url()).stream();
      PostClient client = new PostClient(server.url().resolve(PostClient.nextData(stream)));
      int status = client.call("echo", "{'message':'hällo'}").statusCode();

      assertEquals(202, status);
      assertEquals("hällo", PostClient.text(Json.read(PostClient.nextData(stream))));
    }
  }

  @Test
  void speaksGarbageBeforeTheAnswer() throws Exception {
    try (ScriptedProcess server = Scripted.sse().start()) {
      Iterator<String> stream = new PostClient(server.url()).stream();
      PostClient client = new PostClient(server.url().resolve(PostClient.nextData(stream)));
      client.call("garbage_then_answer", "{}");

      assertEquals("sunny", PostClient.nextData(stream));
      String last =
          Stream.generate(() -> PostClient.nextData(stream))
              .filter(data -> data.startsWith("{"))
              .findFirst()
              .orElseThrow();
      assertEquals("after garbage", PostClient.text(Json.read(last)));
    }
  }

  @Test
  void refusesMessagesOfUnknownSessions() throws Exception {
    try (ScriptedProcess server = Scripted.sse().start()) {
      PostClient client = new PostClient(server.url().resolve("/messages?sessionId=nobody"));

      assertEquals(404, client.request("ping", "{}").statusCode());
    }
  }

  @Test
  void refusesPostsToItsUrl() throws Exception {
    try (ScriptedProcess server = Scripted.sse().start();
        ScriptedProcess other = Scripted.sse().refuse(404).start()) {

      assertEquals(405, new PostClient(server.url()).request("initialize", "{}").statusCode());
      assertEquals(404, new PostClient(other.url()).request("initialize", "{}").statusCode());
      assertTrue(PostClient.nextData(new PostClient(other.url()).stream()).startsWith("/messages"));
    }
  }

  @Test
  void namesTheEndpointItIsTold() throws Exception {
    try (ScriptedProcess server = Scripted.sse().endpoint("http://10.0.0.1/m?id={id}").start()) {
      Iterator<String> stream = new PostClient(server.url()).stream();

      assertTrue(PostClient.nextData(stream).matches("http://10\\.0\\.0\\.1/m\\?id=[-0-9a-f]{36}"));
    }
  }
}
