package io.toolgate.upstream;

import io.toolgate.problem.Problem;
import io.toolgate.tenant.ChildLimits;
import io.toolgate.tenant.ProcessText;
import io.toolgate.tenant.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Starts the servers that run as our children, and holds what they share.
 *
 * <p>Invariant: a child dies with us, however we die, where the system can be told so.
 *
 * <p>Threading: any thread. A child dies with the thread that started it, so all are started by
 * threads that last as long as Toolgate.
 */
final class Children {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");
  private static final ExecutorService STARTERS =
      Executors.newFixedThreadPool(
          2,
          work -> {
            Thread thread = new Thread(work, "upstream-children");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * What ends Toolgate from a terminal is not sent to its children: they end when their calls have.
   */
  private static final Optional<Path> SETSID = ProgramFile.ofSystem("setsid");

  /** What it was before Toolgate alone was given another; null where it is still that. */
  private static final String LC_ALL = System.getProperty("toolgate.lc-all");

  private final int logLinesPerSecond;
  private final Confinement confinement;
  private final Limits limits;
  private final EventLoops loops;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Map<String, ServerLog> logs = new ConcurrentHashMap<>();

  /**
   * @param logLinesPerSecond of what a server prints, however often it starts
   */
  Children(int logLinesPerSecond, Confinement confinement, Limits limits, EventLoops loops) {
    this.logLinesPerSecond = logLinesPerSecond;
    this.confinement = confinement;
    this.limits = limits;
    this.loops = loops;
  }

  ServerLog log(String server) {
    return logs.computeIfAbsent(server, name -> new ServerLog(name, logLinesPerSecond));
  }

  Confinement confinement() {
    return confinement;
  }

  Limits limits() {
    return limits;
  }

  EventLoops loops() {
    return loops;
  }

  /**
   * Starts a child.
   *
   * @param own its environment beside what all are given
   * @throws IOException when the program is missing or cannot be started
   * @throws io.toolgate.problem.ProblemException when it must not be started as things are
   */
  ProcessTree start(String server, Transport.Stdio stdio, Map<String, String> own)
      throws IOException {
    Path folder = stdio.cwd().orElse(Path.of("")).toAbsolutePath().normalize();
    checkTexts(stdio, own);
    String program = ProgramFile.of(stdio.command(), folder);
    ChildMark mark = ChildMark.next();
    Optional<Shell> shell = Shell.keeping(own.keySet());
    List<String> walls = confinement.before(shell, folder, words(stdio, own, folder));
    List<String> limiting = limits.before(shell, mark, stdio.limits());
    tellShortcomings(server, shortcomings(stdio.limits(), own, walls, limiting));
    List<String> commandLine = new ArrayList<>();
    commandLine.addAll(DeathSignal.words());
    SETSID.ifPresent(file -> commandLine.add(file.toString()));
    commandLine.addAll(limiting);
    commandLine.addAll(walls);
    commandLine.add(program);
    commandLine.addAll(stdio.args());
    ProcessBuilder builder = new ProcessBuilder(commandLine);
    ChildEnvironment.become(builder.environment(), own, Optional.ofNullable(LC_ALL));
    builder.directory(folder.toFile());
    return started(
        () -> ProcessTree.start(builder, mark, !walls.isEmpty(), () -> limits.release(mark)));
  }

  /** What came from files was judged there; a caller's data was not. */
  private static void checkTexts(Transport.Stdio stdio, Map<String, String> own) {
    Stream.of(Stream.of(stdio.command()), stdio.args().stream(), own.values().stream())
        .flatMap(texts -> texts)
        .flatMap(text -> ProcessText.obstacle(text).stream())
        .findFirst()
        .ifPresent(
            why -> {
              throw Problem.UPSTREAM_UNAVAILABLE.because(
                  "The server's command line or environment " + why + ".");
            });
  }

  /** Once, however often it starts. */
  private void tellShortcomings(String server, List<String> shortcomings) {
    if (!shortcomings.isEmpty() && told.add(server)) {
      LOG.warnf("%-24s %s", server, String.join("; ", shortcomings));
    }
  }

  private List<String> shortcomings(
      ChildLimits given, Map<String, String> own, List<String> walls, List<String> limiting) {
    List<String> shortcomings = new ArrayList<>(limits.shortcomings(given));
    List<String> dropped = Shell.dropped(own.keySet());
    if (!dropped.isEmpty() && !(walls.isEmpty() && limiting.isEmpty())) {
      shortcomings.add("without bash it does not get " + String.join(", ", dropped));
    }
    return shortcomings;
  }

  /** All that its definition names. */
  private static List<String> words(Transport.Stdio stdio, Map<String, String> own, Path folder) {
    List<String> words = new ArrayList<>(stdio.args());
    words.add(stdio.command());
    words.add(folder + "/");
    words.addAll(own.values());
    return words;
  }

  private static ProcessTree started(Callable<ProcessTree> start) throws IOException {
    try {
      return STARTERS.submit(start).get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
