package io.toolgate.upstream;

import io.toolgate.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Whether children are kept from seeing Toolgate's process and files. A child runs as our own user;
 * without namespaces it can read our environment, our memory and all our files.
 *
 * <p>Invariant: what is said to be confined is; a child whose walls cannot be built is not started.
 *
 * <p>Threading: any thread; whether it works is found out once, in a thread of its own.
 */
public final class Confinement {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");
  private static final int PROBE_SECONDS = 10;
  private static final int PROVEN = 42;

  /** What an administrator wants. */
  public enum Mode {
    /** Confined where the system allows it. */
    AUTO,
    OFF,
    /** A server that cannot be confined is not started. */
    REQUIRED
  }

  private final Mode mode;
  private final Hidden hidden;
  private final Optional<Namespaces> namespaces;

  /** Why not; empty when children are confined. */
  private final CompletableFuture<Optional<String>> obstacle = new CompletableFuture<>();

  Confinement(Mode mode, Hidden hidden) {
    this.mode = mode;
    this.hidden = hidden;
    this.namespaces = mode == Mode.OFF ? Optional.empty() : Namespaces.ofSystem();
    if (mode == Mode.OFF) {
      obstacle.complete(Optional.of("it is switched off"));
    } else if (namespaces.isEmpty()) {
      obstacle.complete(Optional.of("unshare or mount of util-linux is missing"));
    } else {
      Thread probe = new Thread(() -> obstacle.complete(probe()), "upstream-confinement");
      probe.setDaemon(true);
      probe.start();
    }
  }

  private Optional<String> probe() {
    Optional<String> found;
    try {
      found = tryOut();
    } catch (IOException e) {
      found = Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      found = Optional.of("the trial was interrupted");
    }
    found.ifPresent(
        reason ->
            LOG.logf(isRequired() ? Logger.Level.ERROR : Logger.Level.INFO, "%s", said(reason)));
    return found;
  }

  private Optional<String> tryOut() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            namespaces
                .orElseThrow()
                .before(Shell.ofSystem().orElseThrow(), hidden, Path.of("/"), List.of()));
    command.addAll(List.of("/bin/sh", "-c", "exit " + PROVEN));
    Process trial =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    if (!trial.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
      trial.destroyForcibly();
      return Optional.of("the trial took longer than " + PROBE_SECONDS + " s");
    }
    if (trial.exitValue() == PROVEN) {
      return Optional.empty();
    }
    String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return Optional.of(said.isEmpty() ? "exit code " + trial.exitValue() : said);
  }

  private boolean isRequired() {
    return mode == Mode.REQUIRED;
  }

  /** Whether it is known that a child is confined; false while that is being found out. */
  public boolean works() {
    return obstacle.isDone() && obstacle.join().isEmpty();
  }

  /** One sentence for an administrator. */
  public String state() {
    if (!obstacle.isDone()) {
      return "Whether servers can be confined is being found out.";
    }
    return obstacle
        .join()
        .map(this::said)
        .orElse(
            "Servers are confined: they do not see Toolgate's process, data folder and secret files.");
  }

  private String said(String reason) {
    return (isRequired()
            ? "Servers are not started, because CONFINE_CHILDREN=required and they cannot be confined here ("
            : "Servers are not confined and can read Toolgate's memory, environment, data folder and secret files (")
        + reason
        + ").";
  }

  /**
   * The words that go before a command; none when it is not confined.
   *
   * @param folder its working folder
   * @param words of its definition, see {@link Hidden}
   * @throws io.toolgate.problem.ProblemException when it must be confined and cannot be
   */
  List<String> before(Optional<Shell> shell, Path folder, Collection<String> words) {
    Optional<String> reason = obstacle.join();
    if (reason.isPresent() && isRequired()) {
      throw Problem.UPSTREAM_UNAVAILABLE.because(said(reason.get()));
    }
    try {
      if (reason.isEmpty()) {
        return namespaces.orElseThrow().before(shell.orElseThrow(), hidden, folder, words);
      }
    } catch (IOException e) {
      throw Problem.UPSTREAM_UNAVAILABLE.because(
          "What it needs in the data folder cannot be made: " + e.getMessage());
    }
    makeFolders(words);
    return List.of();
  }

  /** Those that a definition may rely on because a confined server gets them. */
  private void makeFolders(Collection<String> words) {
    try {
      if (Files.isDirectory(hidden.data())) {
        hidden.visibleTo(words);
      }
    } catch (IOException e) {
      LOG.debugf("The server finds less than its definition names: %s", e.getMessage());
    }
  }
}
