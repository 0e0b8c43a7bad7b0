package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.tenant.Transport.Protocol;
import io.toolgate.tenant.Transport.Remote;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteReaderTest {
  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "streamable-http, STREAMABLE_HTTP, http",
    "streamable_http, STREAMABLE_HTTP, http",
    "streamablehttp, STREAMABLE_HTTP, http",
    "streamableHttp, STREAMABLE_HTTP, http",
    "http, AUTO, http",
    "SSE, SSE, sse",
  })
  void readsTheTransport(String type, Protocol protocol, String tier) {
    ServerDefinition server =
        fixture.server("{\"type\": \"" + type + "\", \"url\": \"https://h/mcp\"}");

    assertEquals(new Remote(protocol, URI.create("https://h/mcp"), Map.of()), server.transport());
    assertEquals(tier, server.tier());
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "serverUrl", "httpUrl"})
  void triesTransportsWhenTheFileNamesNone(String key) {
    ServerDefinition server =
        fixture.server("{\"" + key + "\": \"http://[::1]:80/\", \"headers\": {\"X\": 1}}");

    assertEquals(
        new Remote(Protocol.AUTO, URI.create("http://[::1]:80/"), Map.of("X", "1")),
        server.transport());
    assertEquals("http", server.tier());
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', ': has neither \"command\" nor \"url\"'",
    "'{\"command\": \"c\", \"url\": \"http://h\"}',"
        + " ': has both \"command\" and \"url\"; keep the one it is reached by'",
    "'{\"type\": \"sse\", \"command\": \"c\"}',"
        + " '/type: this type needs \"url\", but the server has \"command\"'",
    "'{\"type\": \"stdio\", \"url\": \"http://h\"}',"
        + " '/type: this type needs \"command\", but the server has \"url\"'",
    "'{\"type\": \"ws\", \"url\": \"http://h\"}',"
        + " '/type: \"ws\" is no transport; write \"stdio\", \"streamable-http\" or \"sse\"'",
    "'{\"url\": \"http://h\", \"headers\": {\"a b\": \"x\"}}',"
        + " '/headers/a b: is no name of an HTTP header'",
    "'{\"url\": \"http://h\", \"headers\": {\"Host\": \"x\"}}',"
        + " '/headers/Host: this header is set by Toolgate itself'",
    "'{\"url\": \"http://h\", \"headers\": {\"A\": \"x\", \"a\": \"y\"}}',"
        + " '/headers/a: this header stands twice'",
    "'{\"url\": \"http://h\", \"headers\": {\"A\": \"x\\ny\"}}',"
        + " '/headers/A: the value of a header is one line of Latin-1 characters'",
    "'{\"url\": \"http://h\", \"headers\": {\"A\": \"\u2713\"}}',"
        + " '/headers/A: the value of a header is one line of Latin-1 characters'",
  })
  void reportsMistakes(String server, String mistake) {
    assertEquals(List.of(mistake), fixture.mistakes(server));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'must be an absolute URL such as \"https://mcp.example.com/mcp\"'",
    "'example.com/mcp', 'must be an absolute URL such as \"https://mcp.example.com/mcp\"'",
    "'ftp://h', 'must be an absolute URL such as \"https://mcp.example.com/mcp\"'",
    "'http:///mcp', 'must be an absolute URL such as \"https://mcp.example.com/mcp\"'",
    "'http://h/a b', 'must be an absolute URL such as \"https://mcp.example.com/mcp\"'",
    "'http://u:secret@h', 'must hold no user name or password; send them in \"headers\"'",
    "'http://h|st/', 'must be an absolute URL such as \"https://mcp.example.com/mcp\"'",
    "'http://127.1/', 'has no valid host (letters, digits, \"-\", \"_\" and \".\")'",
    "'http://a_b.0x7f/', 'has no valid host (letters, digits, \"-\", \"_\" and \".\")'",
    "'http://b%C3%BC/', 'has no valid host (letters, digits, \"-\", \"_\" and \".\")'",
    "'https://my_host/', 'has a host that TLS cannot name, because of a \"_\" or of a \"-\" at an end;"
        + " write another name of it, or \"http\"'",
    "'http://u:secret@my_host', 'must hold no user name or password; send them in \"headers\"'",
    "'http://my_host:0/', 'has a port that does not exist'",
    "'http://my_host:70000/', 'has a port that does not exist'",
    "'http://h:0/', 'has a port that does not exist'",
    "'http://h:70000/', 'has a port that does not exist'",
  })
  void reportsUrlsThatCannotBeReachedWithoutQuotingThem(String url, String mistake) {
    List<String> mistakes = fixture.mistakes("{\"url\": \"" + url + "\"}");

    assertEquals(List.of("/url: " + mistake), mistakes);
    assertFalse(mistakes.toString().contains("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://mcp_server:8000/mcp, mcp_server, 8000",
    "http://my_project_mcp_1, my_project_mcp_1, 80",
    "HTTP://a-:81/x?y=z, a-, 81",
    "http://_, _, 80",
    "http://mcp_server., mcp_server., 80",
    "http://mcp_server:/mcp, mcp_server, 80",
    "http://a.1b, a.1b, 80",
    "https://h.example, h.example, 443",
    "http://[::1]:9, [::1], 9",
  })
  void knowsTheHostOfEveryUrlThatNameServicesKnow(String url, String host, int port) {
    Remote remote = (Remote) fixture.server("{\"url\": \"" + url + "\"}").transport();

    assertEquals(host, HttpUrl.host(remote.url()).orElseThrow());
    assertEquals(port, HttpUrl.port(remote.url()));
    assertTrue(remote.toString().endsWith(" " + host));
  }

  @Test
  void takesAwayBlanksAndLineEndsAroundUrlsAndValuesOfHeaders() {
    fixture.set("U", " http://h/mcp\r\n").set("T", "sesame-1\n");
    Remote remote =
        (Remote)
            fixture
                .server(
                    "{\"url\": \"\\t${U}\", \"headers\": {\"A\": \" Bearer ${T}\", \"B\": \"${user.id}\\n\"}}")
                .transport();

    assertEquals(URI.create("http://h/mcp"), remote.url());
    assertEquals(Map.of("A", "Bearer sesame-1"), remote.headers());
    assertEquals(
        List.of("/headers/A: the value of a header is one line of Latin-1 characters"),
        fixture.mistakes("{\"url\": \"http://h\", \"headers\": {\"A\": \"${T} x\"}}"));
  }

  @Test
  void doesNotJudgeWhatAnUnsetVariableLeavesOpen() {
    ServerDefinition server =
        fixture.server(
            "{\"url\": \"${HOST}/mcp\", \"type\": \"${KIND}\", \"timeout\": \"${TIME}\"}");

    assertEquals("needs HOST, KIND, TIME", server.off().orElseThrow());
    assertEquals(URI.create("http://unset.invalid/"), ((Remote) server.transport()).url());
  }

  @Test
  void warnsOfKeysOfChildProcesses() {
    assertEquals(
        List.of(
            "/args: has no effect beside \"url\"",
            "/env: has no effect beside \"url\"",
            "/cwd: has no effect beside \"url\""),
        fixture.warnings(
            "{\"url\": \"http://h\", \"cwd\": \"/\", \"env\": {\"A\": \"b\"}, \"args\": []}"));
  }
}
