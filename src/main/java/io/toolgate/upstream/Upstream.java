package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Sessions;
import io.toolgate.tenant.Sessions.Scope;
import io.toolgate.tenant.Transport;
import io.toolgate.upstream.UpstreamState.OnDemand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Our live side of one MCP server: what it serves, and the sessions that serve it.
 *
 * <p>There is one session that all share, and beside it those that belong to a user, a chat or a
 * group. Where each user has an own one, the shared one is opened only to learn which tools there
 * are.
 *
 * <p>Invariant: its last known tools stay known while it is down.
 *
 * <p>Threading: any thread.
 */
public final class Upstream {
  private final Surroundings surroundings;
  private final Masking masking;
  private final Turns turns;
  private final Learner learner;
  private final Supervisor shared;
  private final OwnSessions own;
  private volatile ServerDefinition definition;

  Upstream(ServerDefinition definition, Surroundings surroundings) {
    this.definition = definition;
    this.surroundings = surroundings;
    this.masking = new Masking(definition.secrets());
    this.turns = new Turns(definition.callLimits(), surroundings::onward);
    this.learner = new Learner(definition, surroundings);
    this.shared = learner.shared();
    this.own = new OwnSessions(surroundings);
  }

  public ServerDefinition definition() {
    return definition;
  }

  /** Whether a call of it must say who calls. */
  public boolean asksWhoCalls() {
    return definition.sessions().scope() != Scope.SHARED || definition.transport().personal();
  }

  /** Whether there is anybody for whom it is on. */
  public boolean serves() {
    return definition.enabled() || learner.isSupplied();
  }

  /** Of the session that all share. */
  public UpstreamState state() {
    return shared.state();
  }

  /** How many sessions belong to a user, a chat or a group. */
  public int ownSessions() {
    return own.size();
  }

  /** The limits of its definition that cannot be enforced here, a sentence each. */
  public List<String> shortcomings() {
    return definition.transport() instanceof Transport.Stdio stdio
        ? surroundings.children().limits().shortcomings(stdio.limits())
        : List.of();
  }

  /** How often it was tried to open the shared session. */
  public int starts() {
    return shared.starts();
  }

  public int runningCalls() {
    return turns.running();
  }

  /** How many calls wait for one that runs to end. */
  public int waitingCalls() {
    return turns.waiting();
  }

  /**
   * The tools it serves, as last listed and filtered by its definition; empty until it was ready
   * once.
   */
  public List<McpTool> tools() {
    return learner.tools().current();
  }

  /** Text that the server said, without its secrets. */
  public String masked(String text) {
    String masked = masking.mask(text);
    for (Supervisor session : own.all()) {
      masked = session.masking().mask(masked);
    }
    return masked;
  }

  /** What the server tells a model about itself. */
  public Optional<String> instructions() {
    return learner.instructions();
  }

  /**
   * Calls a tool.
   *
   * @return the {@code result} of {@code tools/call}, or a {@link ProblemException}; cancelling it
   *     cancels upstream
   */
  public CompletableFuture<JsonNode> call(ToolCall call) {
    Supervisor session;
    try {
      session = enter(call.requester());
    } catch (ProblemException refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
    try {
      return Delivery.of(call, session, turns, surroundings.patience(definition));
    } catch (ProblemException refusal) {
      session.leave();
      return CompletableFuture.failedFuture(refusal);
    }
  }

  private Supervisor enter(Requester requester) {
    Optional<SessionKey> key = SessionKey.of(definition.sessions().scope(), requester);
    if (key.isPresent()) {
      return own.enter(key.get(), definition, requester.told());
    }
    shared.enter();
    return shared;
  }

  /**
   * The problem a call meets now, empty when it is worth trying.
   *
   * @param diagnosing see {@link Requester#diagnosing}
   */
  public Optional<ProblemException> whyDown(boolean diagnosing) {
    return shared.state() instanceof OnDemand && !learner.tools().known()
        ? Optional.of(Outage.unknown())
        : Outage.met(shared.state(), diagnosing);
  }

  /** Starts it in the background, unless it is off or started on demand. */
  void start() {
    if (!(shared.state() instanceof OnDemand)) {
      shared.start();
    }
  }

  /** See {@link Learner#supply}. */
  boolean supply(Optional<GroupCredentials> credentials) {
    return learner.supply(definition, credentials);
  }

  /** See {@link Learner#isLearning}. */
  boolean isLearning() {
    return learner.isLearning();
  }

  /** See {@link Learner#learn}. */
  boolean learn() {
    return learner.learn();
  }

  /** Takes the list of an earlier day, until the server tells a newer one. */
  void remember(List<McpTool> list) {
    learner.tools().remember(list);
  }

  /** Looks for signs of life, and ends what nobody uses. */
  void look(long nowNanos) {
    Sessions sessions = definition.sessions();
    Supervisor telling = learner.session();
    telling.look(nowNanos);
    own.all().forEach(session -> session.look(nowNanos));
    own.rest(nowNanos, sessions.idleTimeout());
    if (sessions.scope() != Scope.SHARED || telling != shared) {
      telling.rest("Its tools are known, and its callers have sessions of their own.");
    } else if (shared.isOnDemand()
        && nowNanos - shared.lastUse() >= sessions.idleTimeout().toNanos()) {
      shared.rest("Nobody used it for " + sessions.idleTimeout().toSeconds() + " s.");
    }
  }

  /** Reads its tools again, or tries to start it at once when it is down. */
  void refresh() {
    learner.refresh();
  }

  /** Goes on under a definition that its sessions can go on under. */
  void redefine(ServerDefinition newDefinition) {
    definition = newDefinition;
    turns.limit(newDefinition.callLimits());
    learner.tools().redefine(newDefinition);
  }

  /** What the server told of its tools, of whatever day; also those that its definition hides. */
  public Optional<List<McpTool>> listed() {
    return learner.tools().listed();
  }

  private Stream<Supervisor> sessions() {
    return Stream.concat(Stream.of(shared, learner.session()).distinct(), own.all().stream());
  }

  /**
   * Ends it for good, when its running calls have ended.
   *
   * @param patience how long that may take at most
   * @return completed when its processes and connections are gone
   */
  CompletableFuture<Void> stop(String why, Duration patience) {
    own.close();
    sessions().forEach(session -> session.drain(why));
    return turns
        .idle()
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(
            idle ->
                CompletableFuture.allOf(
                    Stream.concat(
                            sessions().map(session -> session.stop(why)), Stream.of(own.gone()))
                        .toArray(CompletableFuture[]::new)));
  }
}
