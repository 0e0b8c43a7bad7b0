package io.toolgate.bench.program;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.toolgate.bench.load.Request;
import io.toolgate.bench.report.CpuTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Toolgate as users run it: by its start script, with a key, users named in headers, grants in the
 * embedded database, its log in a file, confined servers, and metrics.
 */
public final class Toolgate implements AutoCloseable {
  public static final String USER = "ann@bench.example";
  private static final String KEY = "only-for-measuring-0123456789";
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Child child;
  private final Workspace workspace;
  private final URI address;
  private final Path config;
  private final Path log;
  private final Map<String, Object> servers;

  private Toolgate(
      Child child,
      Workspace workspace,
      URI address,
      Path config,
      Path log,
      Map<String, Object> servers) {
    this.child = child;
    this.workspace = workspace;
    this.address = address;
    this.config = config;
    this.log = log;
    this.servers = servers;
  }

  /** Starts, without waiting, with these servers: name to command with arguments. */
  public static Toolgate launch(Workspace workspace, Map<String, List<String>> commands)
      throws IOException {
    Map<String, Object> servers = definitions(commands);
    Path config = workspace.file("servers.json");
    write(workspace, config, servers);
    int port = Workspace.freePort();
    Path log = workspace.file("toolgate.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            workspace.home().resolve("toolgate").toString(),
            "--port",
            "" + port,
            "--data",
            workspace.data().toString(),
            "--config",
            config.toString());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    URI address = URI.create("http://127.0.0.1:" + port);
    return new Toolgate(
        Child.start(builder, Map.of("MCP_API_KEY", KEY)), workspace, address, config, log, servers);
  }

  private static Map<String, Object> definitions(Map<String, List<String>> commands) {
    Map<String, Object> servers = new LinkedHashMap<>();
    commands.forEach(
        (name, words) ->
            servers.put(
                name, Map.of("command", words.get(0), "args", words.subList(1, words.size()))));
    return servers;
  }

  /** Whole or not at all, since it is read while it runs. */
  private static void write(Workspace workspace, Path config, Map<String, Object> servers)
      throws IOException {
    Path next = workspace.file("servers.next");
    Files.writeString(next, JSON.writeValueAsString(Map.of("mcpServers", servers)));
    Files.move(next, config, ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Changes what the servers are, under the same names, while it runs. */
  public void define(Map<String, List<String>> commands) throws IOException {
    write(workspace, config, definitions(commands));
  }

  /** Waits until its one server is ready with so many tools. */
  public void awaitTools(int count) throws InterruptedException {
    await(
        count + " tools are there",
        () -> {
          JsonNode server = json(withKey("/servers")).path("servers").path(0);
          return server.path("status").asText().equals("ready")
              && server.path("tool_count").asInt() == count;
        });
  }

  /** Starts, grants all to the user of the bench, and waits until every server is ready. */
  public static Toolgate start(Workspace workspace, Map<String, List<String>> commands)
      throws IOException, InterruptedException, SQLException {
    Toolgate toolgate = launch(workspace, commands);
    try {
      toolgate.awaitStatus("/q/health/ready", 200);
      toolgate.grantAll();
      toolgate.awaitServers();
    } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
      toolgate.close();
      throw e;
    }
    return toolgate;
  }

  private void grantAll() throws IOException, InterruptedException, SQLException {
    if (seen() == servers.size()) {
      return; // by a figure before
    }
    StringBuilder sql = new StringBuilder();
    sql.append("INSERT INTO user_group_membership (user_email, group_name) VALUES ('")
        .append(USER)
        .append("', 'Bench') ON CONFLICT DO NOTHING;");
    for (String name : servers.keySet()) {
      sql.append("INSERT INTO group_tenant_mapping (group_name, tenant_id) VALUES ('Bench', '")
          .append(name)
          .append("') ON CONFLICT DO NOTHING;");
    }
    sql(sql.toString());
    // A change is true within a second.
    await("the grants are true", () -> seen() == servers.size());
  }

  /** How many servers the user sees. */
  private int seen() throws IOException, InterruptedException {
    return json(get("/servers")).path("total_servers").asInt();
  }

  public void sql(String statements) throws IOException, InterruptedException, SQLException {
    try (Connection connection = database();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  private Connection database() throws IOException, InterruptedException, SQLException {
    ProcessBuilder builder =
        new ProcessBuilder(
            workspace.home().resolve("toolgate").toString(),
            "db-url",
            "--data",
            workspace.data().toString());
    try (Child child = Child.start(builder)) {
      String said =
          new String(child.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (child.process().waitFor() != 0) {
        throw new IOException("toolgate db-url failed.");
      }
      URI url = URI.create(said.strip());
      String[] login = url.getUserInfo().split(":");
      Properties properties = new Properties();
      properties.put("user", login[0]);
      properties.put("password", login[1]);
      String query = url.getQuery() == null ? "" : "?" + url.getQuery();
      return DriverManager.getConnection(
          "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath() + query,
          properties);
    }
  }

  /** Waits until as many servers as were defined are ready; the key alone sees all of them. */
  public void awaitServers() throws InterruptedException {
    await(
        "all servers are ready",
        () -> {
          int ready = 0;
          for (JsonNode server : json(withKey("/servers")).path("servers")) {
            ready += server.path("status").asText().equals("ready") ? 1 : 0;
          }
          return ready == servers.size();
        });
  }

  private void awaitStatus(String path, int status) throws InterruptedException {
    await(path + " answers " + status, () -> answer(get(path)).statusCode() == status);
  }

  /** Something that may be true, or not yet, or not be possible to find out yet. */
  public interface Fact {
    boolean isTrue() throws IOException, InterruptedException;
  }

  /** Waits for it, looking every ten milliseconds, which costs it little. */
  public void await(String what, Fact fact) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      child.mustRun();
      try {
        if (fact.isTrue()) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Not within " + LIMIT + ": " + what + "; see " + log);
      }
      Thread.sleep(10);
    }
  }

  private JsonNode json(Request request) throws IOException, InterruptedException {
    return JSON.readTree(answer(request).body());
  }

  /** Sends a request once, on a connection that is not measured. */
  public HttpResponse<String> answer(Request request) throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.address())
            .timeout(LIMIT)
            .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()));
    request.headers().forEach(builder::header);
    return CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofString());
  }

  private Request get(String path) {
    return new Request(address.resolve(path), "GET", headers(USER), "");
  }

  private Request withKey(String path) {
    Map<String, String> headers = Map.of("Authorization", "Bearer " + KEY);
    return new Request(address.resolve(path), "GET", headers, "");
  }

  public Request document(String user) {
    Request plain = plainDocument(user);
    Map<String, String> headers = new LinkedHashMap<>(plain.headers());
    headers.put("Accept-Encoding", "gzip");
    return new Request(plain.address(), "GET", headers, "");
  }

  /** The same, not compressed. */
  public Request plainDocument(String user) {
    return new Request(address.resolve("/openapi.json"), "GET", headers(user), "");
  }

  public Request call(String server, String tool, String arguments) {
    Map<String, String> headers = headers(USER);
    headers.put("Content-Type", "application/json");
    return new Request(address.resolve("/" + server + "/" + tool), "POST", headers, arguments);
  }

  private static Map<String, String> headers(String user) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + KEY);
    headers.put("X-OpenWebUI-User-Email", user);
    return headers;
  }

  /** The process that serves; the start script becomes it. */
  public long pid() {
    return child.pid();
  }

  /** Seconds of CPU of the process alone, without its children. */
  public double cpuSeconds() {
    return CpuTime.of(pid());
  }

  /** Resident megabytes of the process alone. */
  public double residentMegabytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    }
  }

  /** What its start script gave the JVM for heap, collector and compiler. */
  public List<String> flags() throws IOException, InterruptedException {
    return command("VM.command_line")
        .lines()
        .filter(line -> line.startsWith("jvm_args:"))
        .flatMap(line -> Arrays.stream(line.split(" ")))
        .filter(word -> word.startsWith("-X") && !word.matches("-X(share|log).*|.*(AOT|Archive).*"))
        .toList();
  }

  /** A file that gets a line for each collection of garbage from now on. */
  public Path collections() throws IOException, InterruptedException {
    Path file = workspace.file("gc.log");
    command("VM.log", "output=" + file, "what=gc");
    return file;
  }

  /** Gives the JVM a command of jcmd's. */
  public String command(String... words) throws IOException, InterruptedException {
    String[] all = new String[words.length + 2];
    all[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    all[1] = "" + pid();
    System.arraycopy(words, 0, all, 2, words.length);
    try (Child child = Child.start(new ProcessBuilder(all).redirectErrorStream(true))) {
      String said =
          new String(child.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (child.process().waitFor() != 0) {
        throw new IOException("jcmd failed: " + said);
      }
      return said;
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
