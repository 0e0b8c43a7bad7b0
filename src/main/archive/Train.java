import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the archive with which the packaged program starts faster: starts it once, calls it, ends it, and has the JVM
 * write down what it has loaded. The build runs it from its source, after packaging.
 *
 * <p>Invariant: the folder {@code archive} beside the program is complete or absent. It holds {@code classes},
 * {@code options} for the JVM, and what shows that they fit: {@code release}, which says of which JVM they are, and
 * {@code size}, because a JVM crashes on what was cut short. Without it everything works, only starts are slower and some
 * memory is kept, so nothing that goes wrong here ends the build.
 *
 * <p>Nothing outside a new temporary folder and the program's own is touched: the data folder is in there, the port is
 * a free one of loopback, and the only server is Toolgate's own.
 */
final class Train {
  /** From what ran often here, later starts would optimize it as soon as it runs, which is when CPU is short. */
  private static final String NO_TRAINING = "-XX:-AOTRecordTraining";

  /** It is an option for diagnosis, which a later JVM may no longer have. */
  private static final List<String> DIAGNOSIS = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+IgnoreUnrecognizedVMOptions");

  /** Milliseconds after which the JVM gives back, again and again, what is free in its C heap; most of it compilers have left. */
  private static final String TRIM = "TrimNativeHeapInterval";

  /** The search path, and the locale, without which the program's folder may be one that it cannot name. */
  private static final Set<String> KEPT = Set.of("PATH", "LANG", "LC_ALL", "LC_CTYPE");

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern ADDRESS = Pattern.compile("Documents and tools: (http://\\S+)/openapi.json");
  private static final String USER = "archive@localhost";
  private static final String TIME = "{\"timezone\":\"Asia/Tokyo\"}";
  private static final int CALLS = 50;

  private static final List<String> PAGES =
      List.of("/openapi.json", "/time/openapi.json", "/servers", "/time", "/tools", "/health", "/q/health/ready", "/metrics");

  private final Path home = Path.of("").toAbsolutePath();
  private final Path java = Path.of(System.getProperty("java.home"));
  private final Path program;
  private final Path temporary;
  private final String key = UUID.randomUUID().toString();
  private final long end = System.nanoTime() + LIMIT.toNanos();

  private Train(Path program, Path temporary) {
    this.program = program;
    this.temporary = temporary;
  }

  public static void main(String[] words) throws IOException {
    Path program = Path.of(words[0]).toAbsolutePath();
    Path archive = program.resolve("archive");
    Path temporary = Files.createTempDirectory("toolgate-archive");
    try {
      delete(archive);
      new Train(program, temporary).make(archive);
    } catch (IOException | InterruptedException | TimeoutException | RuntimeException e) {
      delete(archive);
      System.err.println("No archive for a faster start was made, which is no harm: " + e.getMessage());
    } finally {
      delete(temporary);
    }
  }

  private void make(Path archive) throws IOException, InterruptedException, TimeoutException {
    Path release = java.resolve("release");
    if (!Files.isReadable(release)) {
      throw new IOException("this JVM does not say which it is");
    }
    Path part = Files.createDirectories(program.resolve("archive.part"));
    boolean cache = Runtime.version().feature() >= 25;
    Path classes = part.resolve("classes");
    List<String> training = new ArrayList<>();
    if (cache) {
      training.addAll(DIAGNOSIS);
      training.addAll(List.of("-XX:AOTCacheOutput=" + classes, NO_TRAINING));
    } else {
      training.add("-XX:ArchiveClassesAtExit=" + classes);
    }
    run(training);
    if (!Files.exists(classes)) {
      throw new IOException("the JVM wrote none");
    }
    Files.writeString(part.resolve("size"), Files.size(classes) + "\n");
    Files.copy(release, part.resolve("release"));
    List<String> options = new ArrayList<>();
    options.add("\"" + (cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + escaped(archive.resolve("classes")) + "\"");
    // It is quiet where the archive does not fit, for then it goes on without.
    options.add(cache ? "-Xlog:aot=off,cds=off" : "-Xlog:cds=off,cds+dynamic=off,class+path=off");
    if (isKnown(TRIM)) {
      options.addAll(List.of("-XX:" + TRIM + "=5000", "-Xlog:trimnative=off"));
    }
    Files.write(part.resolve("options"), options);
    Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether the JVM has it, and for everybody: it refuses what it does not know, and what is experimental there. */
  private static boolean isKnown(String option) {
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption(option);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** In a file of options a backslash stands for itself when it is doubled. */
  private static String escaped(Path path) {
    return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private void run(List<String> options) throws IOException, InterruptedException, TimeoutException {
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin").resolve("java").toString());
    command.addAll(options);
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-Dtoolgate.home=" + home));
    command.addAll(List.of("-jar", program.resolve("quarkus-run.jar").toString()));
    command.addAll(List.of("--port", "0", "--host", "127.0.0.1", "--data", temporary.resolve("data").toString()));
    File log = temporary.resolve("log").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    builder.directory(temporary.toFile());
    Map<String, String> environment = builder.environment();
    Map<String, String> kept = new HashMap<>(environment);
    kept.keySet().retainAll(KEPT);
    environment.clear();
    environment.putAll(Map.of("MCP_API_KEY", key, "ADMIN_EMAILS", USER, "ENABLE_SERVERS", "time"));
    environment.putAll(kept);
    Process process = builder.start();
    Thread orphan = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(orphan);
    try {
      use(process, log.toPath());
      process.destroy();
      if (!process.waitFor(left(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException("the program does not end");
      }
    } finally {
      end(process);
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** The way of a call, of a document and of what operators ask for. */
  private void use(Process process, Path log) throws IOException, InterruptedException, TimeoutException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    String url = null;
    while (url == null) {
      Matcher address = ADDRESS.matcher(Files.readString(log));
      url = address.find() ? address.group(1) : null;
      pause(process, log);
    }
    while (status(client, url + "/time/get_current_time", TIME) != 200) {
      pause(process, log);
    }
    for (int i = 0; i < CALLS; i++) {
      status(client, url + "/time/get_current_time", TIME);
    }
    status(client, url + "/time/get_current_time", "{\"timezone\":1}");
    for (String page : PAGES) {
      status(client, url + page, null);
    }
  }

  private int status(HttpClient client, String url, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + key)
            .header("X-OpenWebUI-User-Email", USER);
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofString(body)).header("Content-Type", "application/json");
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private void pause(Process process, Path log) throws IOException, InterruptedException, TimeoutException {
    if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
      throw new IOException("the program ended: " + Files.readString(log).strip());
    }
    left();
  }

  private long left() throws TimeoutException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new TimeoutException("it took too long");
    }
    return left;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
