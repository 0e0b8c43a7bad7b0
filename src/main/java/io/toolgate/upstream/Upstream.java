package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Transport;
import io.toolgate.upstream.UpstreamState.Disabled;
import io.toolgate.upstream.UpstreamState.Failed;
import io.toolgate.upstream.UpstreamState.Ready;
import io.toolgate.upstream.UpstreamState.Starting;
import io.toolgate.upstream.UpstreamState.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Our live side of one MCP server: starts it, keeps its session, and starts it again when it ends.
 *
 * <p>Invariants: there is at most one session; a server that fails is tried again with growing
 * pauses until it is stopped; its last known tools stay known while it is down.
 *
 * <p>Threading: state changes hold this object's lock and do nothing slow under it; readers see
 * volatile fields.
 */
public final class Upstream {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");
  private static final String ASK = "An administrator sees why at GET /servers.";

  private final ServerDefinition definition;
  private final Surroundings surroundings;
  private final Masking masking;
  private final ServedTools tools;
  private final Backoff backoff = new Backoff();
  private volatile UpstreamState state;
  private volatile Optional<String> instructions = Optional.empty();
  private volatile McpSession session;
  private String lastFailure = "";

  /** Done when the latest attempt has got its process or connection, or cannot get one. */
  private CompletableFuture<Void> opening = CompletableFuture.completedFuture(null);

  Upstream(ServerDefinition definition, Surroundings surroundings) {
    this.definition = definition;
    this.surroundings = surroundings;
    this.masking = new Masking(definition.secrets());
    this.tools = new ServedTools(definition, surroundings.startupTimeout(), surroundings.changed());
    this.state = definition.off().map(this::disabled).orElseGet(() -> new Starting(Instant.now()));
  }

  private UpstreamState disabled(String reason) {
    return new Disabled(Instant.now(), reason);
  }

  public ServerDefinition definition() {
    return definition;
  }

  public UpstreamState state() {
    return state;
  }

  /**
   * The tools it serves, as last listed and filtered by its definition; empty until it was ready
   * once.
   */
  public List<McpTool> tools() {
    return tools.current();
  }

  /** Text that the server said, without its secrets. */
  public String masked(String text) {
    return masking.mask(text);
  }

  /** What the server tells a model about itself. */
  public Optional<String> instructions() {
    return instructions;
  }

  /**
   * Calls a tool.
   *
   * @param diagnosing see {@link #whyDown}
   * @return the {@code result} of {@code tools/call}, or a {@link ProblemException}; cancelling it
   *     cancels upstream
   */
  public CompletableFuture<JsonNode> call(
      String tool, ObjectNode arguments, Duration timeout, boolean diagnosing) {
    McpSession current = session;
    Optional<ProblemException> down = whyDown(diagnosing);
    if (current == null || down.isPresent()) {
      return CompletableFuture.failedFuture(down.orElseGet(Upstream::starting));
    }
    ObjectNode params = Json.MAPPER.createObjectNode().put("name", tool);
    params.set("arguments", arguments);
    return current.request("tools/call", params, timeout);
  }

  /**
   * The problem a call meets now, empty when it is ready.
   *
   * @param diagnosing whether it is for somebody who may know the reasons; others are told of which
   *     kind they are
   */
  public Optional<ProblemException> whyDown(boolean diagnosing) {
    UpstreamState now = state;
    if (now instanceof Ready) {
      return Optional.empty();
    }
    if (now instanceof Disabled disabled) {
      return Optional.of(
          Problem.UPSTREAM_UNAVAILABLE.because(
              diagnosing
                  ? "The server is switched off: " + disabled.reason() + "."
                  : "The server is switched off. " + ASK));
    }
    if (now instanceof Failed failed) {
      return Optional.of(
          Problem.UPSTREAM_UNAVAILABLE
              .because(
                  diagnosing
                      ? "The server is down and is being started again. " + failed.explained()
                      : "The server is down: " + failed.kind().sentence() + ". " + ASK)
              .retryAfter((int) Math.max(1, failed.retryIn().toSeconds())));
    }
    return Optional.of(starting());
  }

  private static ProblemException starting() {
    return Problem.UPSTREAM_UNAVAILABLE.because("The server is still starting.").retryAfter(2);
  }

  /** Starts it in the background; once. Without effect when it is disabled or stopped. */
  synchronized void start() {
    if (state instanceof Starting) {
      begin();
    }
  }

  /**
   * Without effect when that pause was ended already, so that there is never an attempt beside
   * another, and an early one leaves no second row of attempts behind.
   */
  private synchronized void end(Failed pause) {
    if (state == pause) {
      state = new Starting(Instant.now());
      begin();
    }
  }

  private void begin() {
    tools.expect();
    StderrTail stderr = new StderrTail(definition.secrets());
    opening =
        CompletableFuture.runAsync(
            () -> attempt(stderr, System.nanoTime()), surroundings.workers());
  }

  private void attempt(StderrTail stderr, long startNanos) {
    if (state instanceof Stopped) {
      return;
    }
    Duration timeout = definition.startupTimeout().orElse(surroundings.startupTimeout());
    CompletableFuture<Live> attempt;
    try {
      attempt =
          Live.open(
              definition,
              stderr,
              () -> new McpSession(definition.name(), masking, this::notified),
              this::begun,
              surroundings.version(),
              timeout);
    } catch (RuntimeException e) {
      attempt = CompletableFuture.failedFuture(e);
    }
    attempt.whenComplete(
        (live, failure) -> {
          if (failure == null) {
            ready(live, stderr, Duration.ofNanos(System.nanoTime() - startNanos));
          } else {
            Throwable cause = cause(failure);
            Downfall kind = Downfall.ofStart(cause, isRemote());
            failed(kind, reason(cause, kind, timeout), stderr);
          }
        });
  }

  /** A stop that comes in the middle of a start must end what is being started. */
  private synchronized void begun(McpSession newSession) {
    session = newSession;
    surroundings.sessions().add(newSession);
    newSession.closed().thenRun(() -> surroundings.sessions().remove(newSession));
    if (state instanceof Stopped) {
      newSession.close();
    }
  }

  /** Counts as ready only when its tools can be found, or early calls would meet 404. */
  private void ready(Live live, StderrTail stderr, Duration took) {
    synchronized (this) {
      if (state instanceof Stopped) {
        return;
      }
      session = live.session();
      instructions = live.handshake().instructions();
      tools.first(session, live.handshake().tools());
    }
    surroundings.changed().run();
    synchronized (this) {
      if (state instanceof Stopped) {
        return;
      }
      state = new Ready(Instant.now(), took);
    }
    LOG.infof(
        "%-24s ready, %d tools, %.1f s",
        definition.name(), tools.current().size(), took.toMillis() / 1000.0);
    live.session()
        .closed()
        .thenAccept(reason -> failed(Downfall.ofEnd(reason, isRemote()), reason, stderr));
  }

  private void failed(Downfall kind, String reason, StderrTail stderr) {
    Failed failed;
    boolean news;
    synchronized (this) {
      if (state instanceof Stopped) {
        return;
      }
      session = null;
      if (hasProvenItself()) {
        backoff.reset();
        lastFailure = "";
      }
      failed =
          new Failed(Instant.now(), kind, masking.line(reason), stderr.lines(), backoff.next());
      news = !failed.reason().equals(lastFailure);
      lastFailure = failed.reason();
      state = failed;
    }
    // The same failure again, try after try, is said once.
    LOG.logf(
        news ? Logger.Level.WARN : Logger.Level.DEBUG,
        "%-24s failed: %s Next try in %d s.",
        definition.name(),
        failed.explained(),
        failed.retryIn().toSeconds());
    surroundings
        .timer()
        .schedule(() -> end(failed), failed.retryIn().toMillis(), TimeUnit.MILLISECONDS);
    surroundings.changed().run();
  }

  /** One that dies soon after it was ready counts as one that does not start. */
  private boolean hasProvenItself() {
    return state instanceof Ready ready
        && !ready.since().plus(surroundings.proven()).isAfter(Instant.now());
  }

  private boolean isRemote() {
    return definition.transport() instanceof Transport.Remote;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static String reason(Throwable cause, Downfall kind, Duration timeout) {
    if (kind == Downfall.TIMEOUT) {
      return "It was not ready within " + timeout.toMillis() / 1000.0 + " s.";
    }
    if (cause instanceof ProblemException problem) {
      return problem.detail();
    }
    LOG.error("A server could not be started because of a fault of ours", cause);
    return "Internal error.";
  }

  private void notified(String method) {
    if ("notifications/tools/list_changed".equals(method)) {
      tools.read();
    }
  }

  /** Reads its tools again, or tries to start it at once when it is down. */
  void refresh() {
    if (state instanceof Ready) {
      tools.read();
    } else if (state instanceof Failed pause) {
      end(pause);
    }
  }

  /**
   * Ends it for good.
   *
   * @return completed when its process or connection is gone
   */
  CompletableFuture<Void> stop() {
    CompletableFuture<Void> begun;
    synchronized (this) {
      if (state instanceof Disabled) {
        return CompletableFuture.completedFuture(null);
      }
      state = new Stopped(Instant.now());
      begun = opening;
    }
    return begun.thenCompose(
        nothing -> {
          McpSession current = session;
          return current == null ? CompletableFuture.completedFuture(null) : current.close();
        });
  }
}
