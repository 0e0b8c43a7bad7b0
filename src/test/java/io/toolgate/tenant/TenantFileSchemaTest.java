package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors use and the reader agree. */
class TenantFileSchemaTest {
  private static final JsonNode JSON = load();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(JSON);

  @TempDir Path folder;

  @Test
  void knowsExactlyTheKeysOfTheReader() {
    JsonNode properties = JSON.at("/$defs/server/properties");

    TreeSet<String> keys = new TreeSet<>();
    properties.fieldNames().forEachRemaining(keys::add);

    assertEquals(new TreeSet<>(ServerKey.allKeys()), keys);
  }

  @Test
  void isValidAndExplainsEveryKeyWithExamplesThatFit() {
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    SpecificationVersion.DRAFT_2020_12.getDialectId()));

    assertEquals(List.of(), metaSchema.validate(JSON));
    for (String properties : List.of("/properties", "/$defs/server/properties")) {
      for (Map.Entry<String, JsonNode> key : JSON.at(properties).properties()) {
        assertFalse(key.getValue().path("title").asText().isBlank(), key.getKey());
        assertFalse(key.getValue().path("description").asText().isBlank(), key.getKey());
        assertFalse(key.getValue().path("examples").isEmpty(), key.getKey());
      }
    }
    new TenantFixture(folder).file(".env", "A=b");
    JSON.at("/$defs/server/examples").forEach(server -> assertAccepted(server.toString()));
    for (Map.Entry<String, JsonNode> key : JSON.at("/$defs/server/properties").properties()) {
      for (JsonNode example : key.getValue().get("examples")) {
        boolean transport =
            ServerKey.COMMAND.spellings().contains(key.getKey())
                || ServerKey.URL.spellings().contains(key.getKey());
        boolean remote =
            ServerKey.TYPE.spellings().contains(key.getKey())
                || key.getKey().equals("requestInit")
                || ServerKey.HEADERS.spellings().contains(key.getKey());
        String rest = transport ? "" : remote ? "\"url\": \"http://h\", " : "\"command\": \"c\", ";
        assertAccepted("{" + rest + "\"" + key.getKey() + "\": " + example + "}");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"command\": \"npx\", \"args\": [\"-y\", 1, true], \"env\": {\"A\": null, \"B\": 1}}",
        "{\"command\": [\"npx\", \"-y\"], \"type\": \"STDIO\", \"url\": null}",
        "{\"url\": \"HTTPS://h:8080/mcp?x=1\", \"type\": \"streamableHttp\"}",
        "{\"url\": \"http://[::1]/\", \"transport\": \"streamable_http\"}",
        "{\"serverUrl\": \"${BASE:-http://h}/mcp\", \"type\": \"${KIND:-sse}\"}",
        "{\"httpUrl\": \"${env:BASE}\"}",
        "{\"command\": \"c\", \"timeout\": 0.5, \"startupTimeout\": \"${T:-500ms}\"}",
        "{\"command\": \"c\", \"timeout\": \"0.5 s\", \"startupTimeout\": \"24h\"}",
        "{\"command\": \"c\", \"args\": [\"$${DATABASE_URL}\", \"$X $$ $\", \"${input:x}\"]}",
        "{\"command\": \"c\", \"cwd\": \"${TOOLGATE_HOME}\", \"requires\": [\"TOOLGATE_DATA\"]}",
        "{\"command\": \"c\", \"env\": {\"DATABASE_URL\": \"${MY_DATABASE_URL}\"}}",
        "{\"command\": \"c\", \"disabled\": \"True\", \"demo\": \"${X:-false}\", \"oauth\": {}}",
        "{\"command\": \"c\", \"autoApprove\": [1], \"somethingElse\": {}}",
        "{\"command\": \"c\", \"disabledTools\": [\"a\"], \"enabled_tools\": [\"b\"]}",
        "{\"url\": \"http://h\", \"headers\": {\"Authorization\": \"Bearer ${T}\", \"X-N\": 1}}",
        "{\"url\": \"http://h\", \"headers\": {\"X\": \"${user.email} ${user.id} ${chat.id}\"}}",
        "{\"url\": \"http://h\", \"forwardHeaders\": [\"X-A\", \"${H}\"], \"session\": \"user\"}",
        "{\"url\": \"http://h\", \"client_header_forwarding\": {\"enabled\": true}}",
        "{\"command\": \"c\", \"session\": \"chat\", \"env\": {\"A\": \"${user.groups}\"}}",
        "{\"command\": \"c\", \"session\": null, \"env\": {\"A\": \"${T}\"}, \"limits\": null}",
        "{\"command\": \"c\", \"session\": \"${S}\", \"start\": \" on-demand \"}",
        "{\"command\": \"c\", \"maxSessions\": 1, \"maxQueue\": 0, \"maxConcurrency\": \"7\"}",
        "{\"command\": \"c\", \"timeout\": 5, \"deadline\": \"5m\", \"idleTimeout\": 9.5}",
        "{\"command\": \"c\", \"limits\": {\"memory\": \"1.5 GiB\", \"cpu\": \"${C}\", \"files\": 9}}",
        "{\"command\": \"c\", \"limits\": {\"memory\": 2097152, \"cpu\": 0.5, \"files\": \"9\"}}",
        "{\"command\": \"c\", \"env\": {\"A-B\": \"x\", \"a.b c\": \"y\", \"Größe\": \"z\"}}",
        "{\"command\": \"c\", \"env\": {\"OPENAI_API_KEY\": \"${OPENAI_API_KEY}\"}}",
        "{\"command\": \"c\", \"args\": [\"${POSTGRES_PASSWORD}\"], \"requires\": [\"API_GATEWAY_URL\"]}",
        "{\"url\": \"http://my_host:8000/mcp\"}",
        "{\"url\": \" http://my_host_1\\n\", \"type\": \"remote\"}",
        "{\"url\": \"http://h\", \"headers\": {\"A\": \"\\tx y\\r\\n\"}}",
        "{\"url\": \"http://h\", \"requestInit\": {\"headers\": {\"A\": \"${T}\"}, \"method\": \"POST\"}}",
        "{\"url\": \"http://h\", \"headers\": {\"A\": \"x\"}, \"requestInit\": {}}",
        "{\"command\": \"c\", \"type\": \"Local\", \"enabled\": false, \"isActive\": null}",
        "{\"command\": \"c\", \"disabled\": false, \"isActive\": \"TRUE\"}",
        "{\"command\": \"c\", \"includeTools\": [\"a\"], \"excludeTools\": [\"b\"]}",
        "{\"command\": \"c\", \"envFile\": \"${DOT_ENV}\"}",
        "{\"command\": \"c\", \"envFile\": null}",
      })
  void acceptsWhatTheReaderAccepts(String server) {
    assertAccepted(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "{}",
        "{\"command\": null}",
        "{\"command\": \"\"}",
        "{\"command\": []}",
        "{\"command\": \"c\", \"url\": \"http://h\"}",
        "{\"url\": \"http://h\", \"serverUrl\": \"http://h\"}",
        "{\"command\": \"c\", \"type\": \"sse\"}",
        "{\"url\": \"http://h\", \"type\": \"stdio\"}",
        "{\"url\": \"http://h\", \"type\": \"ws\"}",
        "{\"url\": \"h/mcp\"}",
        "{\"url\": \"http://u:p@h\"}",
        "{\"url\": \"https://my_host\"}",
        "{\"command\": \"c\", \"args\": \"-y\"}",
        "{\"command\": \"c\", \"args\": [null]}",
        "{\"command\": \"c\", \"args\": [\"\\u0000\"]}",
        "{\"command\": \"c\", \"args\": [\"${A\"]}",
        "{\"command\": \"c\", \"args\": [\"${}\"]}",
        "{\"command\": \"c\", \"args\": [\"${A:-${B}}\"]}",
        "{\"command\": \"c\", \"args\": [\"x ${DATABASE_URL}\"]}",
        "{\"command\": \"c\", \"args\": [\"x ${GATEWAY_SHARED_SECRET}\"]}",
        "{\"command\": \"c\", \"args\": [\"${TOOLGATE_KEY:-x}\"]}",
        "{\"command\": \"c\", \"args\": [\"${env:MCP_API_KEY_FILE}\"]}",
        "{\"command\": \"c\", \"requires\": [\"ADMIN_EMAILS\"]}",
        "{\"command\": \"c\", \"args\": [\"${API_GATEWAY_MODE}\"]}",
        "{\"command\": \"c\", \"requires\": [\"a-b\"]}",
        "{\"command\": \"c\", \"env\": {\"A=B\": \"x\"}}",
        "{\"command\": \"c\", \"env\": {\"\": \"x\"}}",
        "{\"command\": \"c\", \"env\": {\"A\\nB\": \"x\"}}",
        "{\"command\": \"c\", \"envFile\": 5}",
        "{\"command\": \"c\", \"envFile\": \"${A\"}",
        "{\"command\": \"c\", \"enabled\": true, \"disabled\": true}",
        "{\"command\": \"c\", \"isActive\": false, \"disabled\": false}",
        "{\"command\": \"c\", \"isActive\": false, \"enabled\": true}",
        "{\"command\": \"c\", \"enabled\": 0}",
        "{\"command\": \"c\", \"includeTools\": [], \"enabledTools\": []}",
        "{\"command\": \"c\", \"excludeTools\": \"a\"}",
        "{\"url\": \"http://h\", \"requestInit\": \"x\"}",
        "{\"url\": \"http://h\", \"requestInit\": {\"headers\": {\"Host\": \"x\"}}}",
        "{\"url\": \"http://h\", \"requestInit\": {\"headers\": {}}, \"headers\": {}}",
        "{\"url\": \"http://h\", \"type\": \"local\"}",
        "{\"command\": \"c\", \"type\": \"remote\"}",
        "{\"command\": \"c\", \"env\": {\"A\": {}}}",
        "{\"command\": \"c\", \"timeout\": 0}",
        "{\"command\": \"c\", \"timeout\": \"0s\"}",
        "{\"command\": \"c\", \"timeout\": 86401}",
        "{\"command\": \"c\", \"timeout\": \"5 parsecs\"}",
        "{\"command\": \"c\", \"disabled\": \"no\"}",
        "{\"command\": \"c\", \"demo\": 1}",
        "{\"command\": \"c\", \"oauth\": true}",
        "{\"command\": \"c\", \"disabledTools\": [], \"disabled_tools\": []}",
        "{\"command\": \"c\", \"displayName\": 5}",
        "{\"url\": \"http://h\", \"headers\": {\"a b\": \"x\"}}",
        "{\"url\": \"http://h\", \"headers\": {\"Host\": \"x\"}}",
        "{\"url\": \"http://h\", \"headers\": {\"A\": \"x\\ny\"}}",
        "{\"url\": \"http://h\", \"headers\": {\"A\": \"${user.name}\"}}",
        "{\"url\": \"http://h/${user.id}\"}",
        "{\"url\": \"http://h\", \"limits\": {}}",
        "{\"url\": \"http://h\", \"forwardHeaders\": \"X-A\"}",
        "{\"url\": \"http://h\", \"forwardHeaders\": [\"Cookie\"]}",
        "{\"url\": \"http://h\", \"forwardHeaders\": [\"X-OpenWebUI-User-Id\"]}",
        "{\"url\": \"http://h\", \"forwardHeaders\": [\"X-*\"]}",
        "{\"command\": \"c\", \"args\": [\"${user.id}\"]}",
        "{\"command\": \"c\", \"env\": {\"A\": \"${user.id}\"}}",
        "{\"command\": \"c\", \"session\": \"mine\"}",
        "{\"command\": \"c\", \"start\": \"later\"}",
        "{\"command\": \"c\", \"maxSessions\": 0}",
        "{\"command\": \"c\", \"maxQueue\": 1.5}",
        "{\"command\": \"c\", \"maxConcurrency\": \"0\"}",
        "{\"command\": \"c\", \"deadline\": 0}",
        "{\"command\": \"c\", \"limits\": []}",
        "{\"command\": \"c\", \"limits\": {\"memory\": 512}}",
        "{\"command\": \"c\", \"limits\": {\"cpu\": 0}}",
        "{\"command\": \"c\", \"limits\": {\"files\": \"many\"}}",
      })
  void refusesWhatTheReaderRefuses(String server) {
    String file = file("s", server);

    assertFalse(SCHEMA.validate(file, InputFormat.JSON).isEmpty());
    assertThrows(TenantMistakes.class, () -> read(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"mcpServers\": []}",
        "{\"servers\": null}",
        "{\"mcp\": {\"servers\": []}}",
        "{\"mcp.servers\": 1}",
        "{\"mcp\": {\"a\": {\"type\": \"local\", \"command\": [\"c\"]}}}",
        "{\"mcpServers\": {\"a b\": {\"command\": \"c\"}}}",
        "{\"mcpServers\": {\"docs\": {\"command\": \"c\"}}}",
        "{\"mcpServers\": {\".well-known\": {\"command\": \"c\"}}}",
      })
  void refusesTheSameFiles(String file) {
    assertFalse(SCHEMA.validate(file, InputFormat.JSON).isEmpty());
    assertThrows(TenantMistakes.class, () -> read(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mcpServers", "servers", "mcp.servers"})
  void knowsWhereServersStand(String key) {
    String servers = "{\"s\": {\"command\": \"c\"}}";
    for (String file :
        List.of(
            "{\"" + key + "\": " + servers + "}", "{\"mcp\": {\"servers\": " + servers + "}}")) {
      assertEquals(List.of(), SCHEMA.validate(file, InputFormat.JSON));
      assertDoesNotThrow(() -> read(file));
    }
  }

  private void assertAccepted(String server) {
    String file = file("s", server);
    assertEquals(List.of(), SCHEMA.validate(file, InputFormat.JSON), server);
    assertDoesNotThrow(() -> read(file), server);
    assertTrue(SCHEMA.validate(file.replace("mcpServers", "servers"), InputFormat.JSON).isEmpty());
  }

  private void read(String file) {
    new TenantFixture(folder).file("x.json", file).read();
  }

  private static String file(String name, String server) {
    return "{\"mcpServers\": {\"" + name + "\": " + server + "}}";
  }

  private static JsonNode load() {
    String path = "/META-INF/resources/schemas/tenant-file.schema.json";
    try (InputStream in = TenantFileSchemaTest.class.getResourceAsStream(path)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException unreadable) {
      throw new ExceptionInInitializerError(unreadable);
    }
  }
}
