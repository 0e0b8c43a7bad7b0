package io.toolgate.product;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.toolgate.Await;
import io.toolgate.database.DatabaseFolder;
import io.toolgate.database.Sql;
import io.toolgate.scripted.Scripted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A running Toolgate: the packaged program in a process of its own, on a free port of loopback,
 * with a data folder of its own. Closing it ends it as an operator would, and fails when it does
 * not end.
 */
public final class Product implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIG = "servers.json";
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
  private static final Pattern ADDRESS =
      Pattern.compile("Documents and tools: (http://\\S+)/openapi.json");
  private static final Duration SOONER_THAN_A_LOOK = Duration.ofSeconds(30);

  private final Process process;
  private final Path folder;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> url = new CompletableFuture<>();
  private volatile String[] proof = {};

  private Product(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
    // A test run that is ended itself leaves nothing behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Thread reader = new Thread(this::read, "product-log");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts with these servers, given as the value of {@code mcpServers}: name to definition. */
  public static Product serving(Map<String, ?> servers) {
    return serving(servers, Map.of());
  }

  public static Product serving(Map<String, ?> servers, Map<String, String> environment) {
    return servingAgain(newFolder(), servers, environment);
  }

  /** The same on a port of loopback that is known before, as where others lead to it. */
  public static Product servingOn(
      int port, Map<String, ?> servers, Map<String, String> environment) {
    Path folder = newFolder();
    try {
      Path config = Files.writeString(folder.resolve(CONFIG), file(servers));
      List<String> arguments =
          List.of(
              "--port", "" + port, "--data", "" + folder.resolve("data"), "--config", "" + config);
      Product product = run(folder, Path.of(""), environment, program(arguments));
      product.url();
      return product;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(Map<String, ?> servers) throws IOException {
    return JSON.writeValueAsString(Map.of("mcpServers", servers));
  }

  /** Replaces the servers it was started with, as an editor does; it is not told. */
  public void define(Map<String, ?> servers) {
    try {
      define(file(servers));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with any text, which may be no definitions at all. */
  public void define(String text) {
    try {
      Path written = Files.writeString(folder.resolve("servers.new"), text);
      Files.move(written, folder.resolve(CONFIG), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts in a folder that another one left, which may have been killed. */
  public static Product servingAgain(
      Path folder, Map<String, ?> servers, Map<String, String> environment) {
    try {
      Path config = Files.writeString(folder.resolve(CONFIG), file(servers));
      return started(folder, environment, List.of("--config", config.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The definition of a scripted server over stdio. */
  public static Map<String, ?> definition(Scripted server) {
    return Map.of("command", server.program(), "args", server.arguments());
  }

  /** Starts with these arguments beside port and data folder. */
  public static Product with(String... arguments) {
    return started(newFolder(), Map.of(), List.of(arguments));
  }

  private static Product started(
      Path folder, Map<String, String> environment, List<String> arguments) {
    Product product = launch(folder, environment, arguments);
    product.url();
    return product;
  }

  /** Starts without waiting; for starts that are to fail. */
  public static Product launch(Map<String, String> environment, String... arguments) {
    return launch(newFolder(), environment, List.of(arguments));
  }

  /** Starts in this folder, which may be one that another one left; without waiting. */
  static Product launch(Path folder, Map<String, String> environment, List<String> arguments) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("--port", "0", "--data", folder.resolve("data").toString()));
    all.addAll(arguments);
    return run(folder, Path.of(""), environment, program(all));
  }

  /** Starts with nothing but these; without waiting. */
  static Product bare(Map<String, String> environment, String... arguments) {
    return run(newFolder(), Path.of(""), environment, program(List.of(arguments)));
  }

  /** Starts any command that starts Toolgate; without waiting. */
  public static Product command(Path workingFolder, String... words) {
    return run(newFolder(), workingFolder, Map.of(), List.of(words));
  }

  private static List<String> program(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path archive = JAR.resolveSibling("archive/options");
    if (Files.exists(archive)) {
      command.add("@" + archive);
    }
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
    command.add("-Dtoolgate.home=" + Path.of("").toAbsolutePath());
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(arguments);
    return command;
  }

  private static Product run(
      Path folder, Path workingFolder, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(workingFolder.toAbsolutePath().toFile());
    List.of("HOST", "PORT", "TENANTS_DIR", "DATA_DIR", "DATABASE_URL", "DATABASE_URL_FILE")
        .forEach(builder.environment()::remove);
    // The numbers of confined processes mean nothing to a test; those about confinement ask for it.
    builder.environment().put("CONFINE_CHILDREN", "off");
    builder.environment().putAll(environment);
    try {
      return new Product(builder.start(), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a database that was started before, because the first start takes seconds. */
  private static Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("toolgate-product");
      DatabaseFolder.prepare(folder.resolve("data"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = out.readLine()) != null) {
        synchronized (log) {
          log.add(line);
        }
        Matcher address = ADDRESS.matcher(line);
        if (address.find()) {
          url.complete(address.group(1));
        }
      }
    } catch (IOException e) {
      // ended
    }
    url.completeExceptionally(
        new IllegalStateException("Toolgate ended:\n" + String.join("\n", log)));
  }

  /** Its address, without slash at the end. */
  public String url() {
    return Await.result(url);
  }

  /** Waits until it has ended by itself, and gives its exit code. */
  public int awaitExit() {
    int code = end();
    url.exceptionally(ended -> null).join(); // all it printed has been read
    delete();
    return code;
  }

  /** All it has printed so far. */
  public List<String> log() {
    return List.copyOf(log);
  }

  /** Does this while what is printed stays in the pipe, as with a pager or a hanging log driver. */
  void withoutReadingItsLog(Runnable work) {
    synchronized (log) {
      work.run();
    }
  }

  public Process process() {
    return process;
  }

  /** Where it began, for one that begins there again. */
  public Path folder() {
    return folder;
  }

  /** Its data folder. */
  public Path data() {
    return folder.resolve("data");
  }

  /** Sends these headers with what it asks by itself, to see the state of servers. */
  public Product proving(String... headers) {
    proof = headers;
    return this;
  }

  public Answer get(String path, String... headers) {
    return Answer.to("GET", url() + path, null, headers);
  }

  public Answer post(String path, String body, String... headers) {
    return Answer.to("POST", url() + path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** The answer to come. */
  public CompletableFuture<Answer> postLater(String path, String body, String... headers) {
    return Answer.later("POST", url() + path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public Answer send(String method, String path, byte[] body, String... headers) {
    return Answer.to(method, url() + path, body, headers);
  }

  /** SQL for its embedded database, once that is ready. */
  public Sql sql() {
    await(
        "the database is ready",
        () -> get("/health").json().path("database").asText().equals("ready"));
    return Sql.in(data());
  }

  /** The entry of a server in {@code GET /servers}. */
  public JsonNode server(String name) {
    for (JsonNode entry : get("/servers", proof).json().path("servers")) {
      if (entry.path("id").asText().equals(name)) {
        return entry;
      }
    }
    throw new AssertionError("no server " + name);
  }

  /** Waits until these servers are ready. */
  public Product awaitReady(String... servers) {
    for (String name : servers) {
      awaitStatus(name, "ready");
    }
    return this;
  }

  /** Waits until a server is in this state, and gives its entry at that moment. */
  public JsonNode awaitStatus(String server, String status) {
    AtomicReference<JsonNode> seen = new AtomicReference<>();
    await(
        server + " is " + status,
        () -> {
          seen.set(server(server));
          return seen.get().path("status").asText().equals(status);
        });
    return seen.get();
  }

  /** Waits for a condition, and fails with the log when it does not come true. */
  public void await(String what, BooleanSupplier condition) {
    Await.until(what, condition::getAsBoolean, this::wholeLog);
  }

  /**
   * Waits for a change of the database that Toolgate was told of. Without being told it would look
   * a minute after it did last. A condition that fails has not come true yet.
   */
  public static void awaitWhatWasTold(String what, BooleanSupplier condition) {
    long begun = System.nanoTime();
    AtomicReference<AssertionError> failure = new AtomicReference<>();
    Await.until(
        what,
        () -> {
          try {
            return condition.getAsBoolean();
          } catch (AssertionError notYet) {
            failure.set(notYet);
            return false;
          }
        },
        () -> String.valueOf(failure.get()));
    Duration waited = Duration.ofNanos(System.nanoTime() - begun);
    if (waited.compareTo(SOONER_THAN_A_LOOK) > 0) {
      throw new AssertionError(what + ", but only after " + waited);
    }
  }

  /** Ends it as a power cut would, and leaves its folder. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    end();
    delete();
  }

  private int end() {
    return Await.end(process, this::wholeLog);
  }

  private String wholeLog() {
    return String.join("\n", log);
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
