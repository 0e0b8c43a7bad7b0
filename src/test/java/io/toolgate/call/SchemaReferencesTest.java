package io.toolgate.call;

import static io.toolgate.call.Sample.check;
import static io.toolgate.call.Sample.json;
import static io.toolgate.call.Sample.mistake;
import static io.toolgate.call.Sample.passes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaReferencesTest {
  private static final String EXTERNAL =
      "The arguments are not checked against the tool's schema: it refers to another document,"
          + " which is never loaded.";

  @ParameterizedTest
  @ValueSource(strings = {"$ref", "$dynamicRef", "$schema", "$id"})
  void sendsNoRequest(String keyword) throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'{', '}'});
          exchange.close();
        });
    server.start();
    try {
      String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema.json";
      ArgumentCheck check =
          ArgumentCheck.compile(
              json(
                  "{'"
                      + keyword
                      + "':'"
                      + uri
                      + "','properties':{'a':{'"
                      + keyword
                      + "':'"
                      + uri
                      + "','type':'string'}}}"));
      check.check(json("{'a':'x'}"));
      assertEquals(0, requests.get());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void readsNoFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("schema.json"), "{\"type\":\"string\"}");
    assertLetsPass(file.toUri().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classpath:/draft-07/schema",
        "classpath:draft-07/schema",
        "resource:/draft-07/schema",
        "http://json-schema.org/draft-07/schema#",
        "jar:file:/x.jar!/y",
        "other.json",
        "/other.json#/a"
      })
  void loadsNothingElse(String reference) {
    assertLetsPass(reference);
  }

  private static void assertLetsPass(String reference) {
    ArgumentCheck check =
        ArgumentCheck.compile(json("{'properties':{'a':{'$ref':'" + reference + "'}}}"));
    passes(check, "{'a':1}");
    assertEquals(Optional.of(EXTERNAL), check.note());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.com/tool.json", "urn:x:y", "tool", "my tool!", "", "#"})
  void followsLocalReferencesWhateverTheSchemaIsCalled(String id) {
    assertFollows(
        "{'$id':'"
            + id
            + "','properties':{'a':{'$ref':'#/$defs/x'}},"
            + "'$defs':{'x':{'type':'string'}}}");
  }

  @Test
  void followsReferencesByName() {
    assertFollows(
        "{'$id':'https://example.com/a','properties':{'a':{'$ref':'b'}},"
            + "'$defs':{'x':{'$id':'https://example.com/b','type':'string'}}}");
  }

  @Test
  void followsAnchors() {
    assertFollows(
        "{'properties':{'a':{'$ref':'#x'}},'$defs':{'x':{'$anchor':'x','type':'string'}}}");
  }

  @Test
  void followsReferencesThatIgnoreTheNameOfAnEmbeddedSchema() {
    assertFollows(
        "{'properties':{'a':{'$ref':'#/$defs/x'}},'$defs':{'x':{'$id':'https://example.com/x',"
            + "'$ref':'#/$defs/y'},'y':{'type':'string'}}}");
  }

  @Test
  void followsEncodedPointers() {
    assertFollows(
        "{'properties':{'a':{'$ref':'#/$defs/a%20b~1c'}},'$defs':{'a b/c':{'type':'string'}}}");
  }

  private static void assertFollows(String schema) {
    ArgumentCheck check = check(schema);
    passes(check, "{'a':'x'}");
    assertEquals("/a must be a string but is the number 1", mistake(check, "{'a':1}"));
  }

  @Test
  void followsRecursionAsDeepAsABodyGoes() {
    ArgumentCheck check =
        check(
            "{'properties':{'a':{'$ref':'#/$defs/node'}},'$defs':{'node':{'anyOf':[{'type':'string'},"
                + "{'allOf':[{'type':'array','items':{'$ref':'#/$defs/node'}}]}]}}}");
    passes(check, "{'a':" + "[".repeat(127) + "]".repeat(127) + "}");
    mistake(check, "{'a':" + "[".repeat(127) + "1" + "]".repeat(127) + "}");
  }
}
