package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers as published on npm, over each transport, confined where it works, called by REST. */
class RealServersIT {
  private static final List<String> EVERYTHINGS =
      List.of("everything", "streamable", "events", "untyped-streamable", "untyped-sse");

  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSu"
                  + "QmCC");
  private static final byte[] WAV =
      Base64.getDecoder()
          .decode("UklGRigAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQQAAAAAAAEA");

  @TempDir private static Path folder;
  private static EverythingHttp streamable;
  private static EverythingHttp sse;
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    Requires.node();
    Files.writeString(folder.resolve("hello.txt"), "hello\nworld\n");
    Files.write(folder.resolve("red.png"), PNG);
    Files.write(folder.resolve("tone.wav"), WAV);
    streamable = EverythingHttp.streamable();
    sse = EverythingHttp.sse();
    Map<String, Map<String, ?>> servers = new LinkedHashMap<>();
    servers.put("everything", NpmServer.EVERYTHING.stdio());
    servers.put("streamable", streamable.as("streamable-http"));
    servers.put("events", sse.as("sse"));
    servers.put("untyped-streamable", streamable.untyped());
    servers.put("untyped-sse", sse.untyped());
    servers.put("filesystem", NpmServer.FILESYSTEM.stdio(folder.toRealPath().toString()));
    String memory = folder.resolve("memory.jsonl").toString();
    servers.put("memory", NpmServer.MEMORY.stdio(Map.of("MEMORY_FILE_PATH", memory)));
    servers.put("scripted", Product.definition(Scripted.stdio()));
    product =
        Product.serving(servers, Map.of("CONFINE_CHILDREN", "auto"))
            .awaitReady(servers.keySet().toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    Stream.of(product, streamable, sse)
        .filter(started -> started != null)
        .forEach(RealServersIT::close);
  }

  private static void close(AutoCloseable started) {
    try {
      started.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static List<String> everythings() {
    return EVERYTHINGS;
  }

  /** The answer of a call that succeeds, as JSON. */
  private static JsonNode called(String path, String arguments) {
    Answer answer = product.post(path, arguments);
    assertEquals(200, answer.status(), answer.text());
    assertEquals("application/json", answer.header("content-type").orElse("").split(";")[0]);
    return answer.json();
  }

  private static String in(String file) throws IOException {
    return "{\"path\":\"" + folder.toRealPath().resolve(file) + "\"}";
  }

  @ParameterizedTest
  @MethodSource("everythings")
  void oneTextIsAnsweredAsAString(String server) {
    assertEquals(
        "Echo: Grüße 😀", called("/" + server + "/echo", "{\"message\":\"Grüße 😀\"}").asText());
  }

  @ParameterizedTest
  @MethodSource("everythings")
  void textsAndAPictureAreAListWithADataUri(String server) {
    JsonNode answer = called("/" + server + "/get-tiny-image", "{}");

    assertTrue(answer.isArray() && answer.size() > 1, answer.toString());
    assertTrue(answer.get(0).asText().startsWith("Here's the image"), answer.toString());
    assertTrue(answer.get(1).asText().startsWith("data:image/png;base64,iVBOR"));
  }

  @ParameterizedTest
  @MethodSource("everythings")
  void structuredContentIsAnsweredAsItIs(String server) {
    JsonNode answer =
        called("/" + server + "/get-structured-content", "{\"location\":\"Chicago\"}");

    assertTrue(answer.path("temperature").isNumber(), answer.toString());
    assertTrue(answer.path("conditions").isTextual(), answer.toString());
    assertTrue(answer.path("humidity").isNumber(), answer.toString());
  }

  @ParameterizedTest
  @MethodSource("everythings")
  void linksToResourcesAreObjectsWithUriAndName(String server) {
    JsonNode answer = called("/" + server + "/get-resource-links", "{\"count\":2}");

    assertEquals(3, answer.size(), answer.toString());
    assertTrue(
        answer.get(1).path("uri").asText().startsWith("demo://resource/"), answer.toString());
    assertFalse(answer.get(1).path("name").asText().isBlank());
    assertEquals("text/plain", answer.get(1).path("mimeType").asText());
    assertFalse(answer.get(1).has("type"));
  }

  @ParameterizedTest
  @MethodSource("everythings")
  void embeddedTextIsItsText(String server) {
    JsonNode answer =
        called("/" + server + "/get-resource-reference", "{\"resourceType\":\"Text\"}");

    assertTrue(answer.get(1).asText().startsWith("Resource 1: This is a plaintext resource"));
  }

  @ParameterizedTest
  @MethodSource("everythings")
  void embeddedBytesAreADataUri(String server) {
    JsonNode answer =
        called("/" + server + "/get-resource-reference", "{\"resourceType\":\"Blob\"}");

    assertTrue(answer.get(1).asText().startsWith("data:text/plain;base64,"), answer.toString());
  }

  @ParameterizedTest
  @MethodSource("everythings")
  void errorOfAToolIs424WithItsText(String server) {
    Answer answer = product.post("/" + server + "/get-resource-reference", "{\"resourceId\":-1}");

    assertEquals(424, answer.status(), answer.text());
    assertEquals("tool-failed", answer.problem());
    assertEquals(
        "Invalid resourceId: -1. Must be a finite positive integer.",
        answer.json().path("detail").asText());
    assertEquals(server, answer.json().path("server").asText());
    assertEquals("get-resource-reference", answer.json().path("tool").asText());
  }

  @ParameterizedTest
  @MethodSource("everythings")
  void unknownToolIs404(String server) {
    Answer answer = product.post("/" + server + "/no-such-tool", "{}");

    assertEquals(404, answer.status(), answer.text());
    assertEquals("not-found", answer.problem());
  }

  @ParameterizedTest
  @MethodSource("everythings")
  void badArgumentsAre422WithAPointerForEachMistake(String server) {
    Answer answer = product.post("/" + server + "/get-sum", "{\"a\":\"1\"}");

    assertEquals(422, answer.status(), answer.text());
    assertEquals("invalid-arguments", answer.problem());
    List<String> pointers = answer.json().path("errors").findValuesAsText("pointer");
    assertEquals(List.of("/a", "/b"), pointers.stream().sorted().toList(), answer.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo                   | {"message":"the same"}
          get-sum                | {"a":1,"b":2.5}
          get-sum                | {"arguments":{"a":1,"b":2.5}}
          get-annotated-message  | {"messageType":"error","includeImage":true}
          get-tiny-image         | {}
          get-structured-content | {"location":"New York"}
          get-resource-links     | {}
          get-resource-reference | {"resourceId":-1}
          get-sum                | {"a":true}
          gzip-file-as-resource  | {"name":"a.gz","data":"data:text/plain,hi","outputType":"resource"}
          simulate-research-query | {"topic":"tea"}
          """)
  void answersAreTheSameOverEachTransport(String tool, String arguments) {
    List<String> answers =
        EVERYTHINGS.stream()
            .map(server -> comparable(server, product.post("/" + server + "/" + tool, arguments)))
            .toList();

    assertEquals(1, answers.stream().distinct().count(), String.join("\n", answers));
  }

  private static String comparable(String server, Answer answer) {
    String text = answer.text().replace("\"" + server + "\"", "\"a server\"");
    return answer.status() + text.replaceAll("\"instance\":\"\\w+\"", "\"instance\":\"an id\"");
  }

  @ParameterizedTest
  @MethodSource("everythings")
  void toolsAndTheirSchemasAreTheSameOverEachTransport(String server) {
    JsonNode stdio = product.get("/everything").json().path("tools");

    JsonNode tools = product.get("/" + server).json().path("tools");

    assertEquals(stdio.findValues("inputSchema"), tools.findValues("inputSchema"));
    assertEquals(stdio.findValuesAsText("name"), tools.findValuesAsText("name"));
    assertEquals(13, tools.size());
  }

  @Test
  void textFileIsRead() throws IOException {
    assertEquals(
        "hello\nworld\n",
        called("/filesystem/read_text_file", in("hello.txt")).path("content").asText());
  }

  @Test
  void pictureFileIsADataUriAlthoughTheServerRepeatsItAsStructuredContent() throws IOException {
    assertEquals(
        "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG),
        called("/filesystem/read_media_file", in("red.png")).asText());
  }

  @Test
  void soundFileIsADataUriAfterAWord() throws IOException {
    assertEquals(
        "data:audio/wav;base64," + Base64.getEncoder().encodeToString(WAV),
        called("/filesystem/read_media_file", in("tone.wav")).path(1).asText());
  }

  @Test
  void refusalOfTheFilesystemIs424WithItsReason() {
    Answer answer = product.post("/filesystem/read_text_file", "{\"path\":\"/etc/hostname\"}");

    assertEquals(424, answer.status(), answer.text());
    assertTrue(answer.json().path("detail").asText().startsWith("Access denied"), answer.text());
  }

  @Test
  void memoryKeepsWhatItWasTold() {
    called(
        "/memory/create_entities",
        "{\"entities\":[{\"name\":\"Ann\",\"entityType\":\"person\",\"observations\":[\"likes tea\"]}]}");

    JsonNode found = called("/memory/search_nodes", "{\"query\":\"tea\"}");

    assertEquals("Ann", found.at("/entities/0/name").asText(), found.toString());
  }

  @Test
  void pointersReachIntoNestedArguments() {
    Answer answer = product.post("/memory/create_entities", "{\"entities\":[{\"name\":1}]}");

    assertEquals(422, answer.status(), answer.text());
    assertTrue(
        answer.json().path("errors").findValuesAsText("pointer").contains("/entities/0/name"),
        answer.text());
  }

  @Test
  void soundAloneIsADataUriAfterAWord() {
    assertEquals(
        "data:audio/wav;base64,UklGRg==", called("/scripted/audio", "{}").path(1).asText());
  }

  @Test
  void toolWithALongNameIsCalledByItsWholeNameAndByItsShortOne() {
    String name = "long_" + "x".repeat(195);
    JsonNode listed = tool("scripted", name);

    JsonNode byPath = called(listed.path("endpoint").asText(), "{\"message\":\"hi\"}");
    JsonNode byId = called("/" + listed.path("operationId").asText(), "{\"message\":\"hi\"}");

    assertEquals(name, byPath.path("tool").asText());
    assertEquals(byPath, byId);
    assertTrue(listed.path("operationId").asText().length() <= 63);
  }

  private static JsonNode tool(String server, String name) {
    for (JsonNode tool : product.get("/" + server).json().path("tools")) {
      if (tool.path("name").asText().equals(name)) {
        return tool;
      }
    }
    throw new AssertionError("no tool " + name);
  }
}
