package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.GroupDefinition;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Sessions;
import io.toolgate.tenant.Sessions.Scope;
import io.toolgate.tenant.Told;
import io.toolgate.tenant.Transport;
import io.toolgate.upstream.UpstreamState.OnDemand;
import io.toolgate.upstream.UpstreamState.Starting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

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
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");

  private final Surroundings surroundings;
  private final Masking masking;
  private final ServedTools tools;
  private final Turns slots;
  private final Supervisor shared;
  private final OwnSessions own = new OwnSessions();
  private volatile ServerDefinition definition;
  private volatile Optional<String> instructions = Optional.empty();

  Upstream(ServerDefinition definition, Surroundings surroundings) {
    this.definition = definition;
    this.surroundings = surroundings;
    this.masking = new Masking(definition.secrets());
    this.tools =
        new ServedTools(
            definition,
            surroundings.settings().startupTimeout(),
            surroundings.changed(),
            list -> surroundings.learned().accept(this.definition, list));
    this.slots = new Turns(definition.callLimits(), surroundings.workers());
    this.shared =
        new Supervisor(
            new Opening(definition, Told.NOBODY, Optional.empty()),
            definition.name(),
            definition.sessions().onDemand(),
            surroundings,
            new Learning());
  }

  /** What the shared session tells of the server. */
  private final class Learning implements SessionListener {
    @Override
    public void begins() {
      tools.expect();
    }

    @Override
    public void opened(Live live) {
      instructions = live.handshake().instructions();
      tools.first(live.session(), live.handshake().tools());
    }

    @Override
    public void notified(String method) {
      if ("notifications/tools/list_changed".equals(method)) {
        tools.read();
      }
    }
  }

  public ServerDefinition definition() {
    return definition;
  }

  /** Whether a call of it must say who calls. */
  public boolean asksWhoCalls() {
    return definition.sessions().scope() != Scope.SHARED || definition.transport().personal();
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
    return slots.running();
  }

  /** How many calls wait for one that runs to end. */
  public int waitingCalls() {
    return slots.waiting();
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
    String masked = masking.mask(text);
    for (Supervisor session : own.all()) {
      masked = session.masking().mask(masked);
    }
    return masked;
  }

  /** What the server tells a model about itself. */
  public Optional<String> instructions() {
    return instructions;
  }

  /**
   * Calls a tool.
   *
   * @return the {@code result} of {@code tools/call}, or a {@link ProblemException}; cancelling it
   *     cancels upstream
   */
  public CompletableFuture<JsonNode> call(ToolCall call) {
    try {
      Map<String, String> headers = headers(call.requester());
      return Delivery.of(
          call, headers, enter(call.requester()), slots, surroundings.patience(definition));
    } catch (ProblemException refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
  }

  private Supervisor enter(Requester requester) {
    Sessions sessions = definition.sessions();
    Optional<SessionKey> key = SessionKey.of(sessions.scope(), requester);
    if (key.isEmpty()) {
      shared.enter();
      return shared;
    }
    return own.enter(key.get(), sessions, missing -> begin(missing, requester.told()));
  }

  private Supervisor begin(SessionKey key, Told told) {
    ServerDefinition forKey = key.credentials().map(this::forGroup).orElse(definition);
    return new Supervisor(
        new Opening(
            forKey,
            forKey.sessions().scope() == Scope.SHARED ? Told.NOBODY : told,
            key.credentials()
                .flatMap(GroupCredentials::endpoint)
                .map(foreign -> surroundings.guard())),
        definition.name() + " of " + key.owner(),
        true,
        surroundings,
        SessionListener.NONE);
  }

  private ServerDefinition forGroup(GroupCredentials credentials) {
    GroupDefinition own = definition.forGroup(credentials);
    own.warnings().forEach(warning -> LOG.warnf("%-24s %s", definition.name(), warning));
    return own.server();
  }

  /** What this call has beside what every message of its session has. */
  private Map<String, String> headers(Requester requester) {
    if (!(definition.transport() instanceof Transport.Remote remote)
        || !remote.personal() && remote.forwarded().isEmpty()) {
      return Map.of();
    }
    Map<String, String> headers = new HashMap<>();
    remote
        .forwarded()
        .forEach(
            name -> requester.headers().apply(name).ifPresent(value -> headers.put(name, value)));
    if (remote.personal()) {
      headers.putAll(remote.headers(requester.told()));
    }
    return headers;
  }

  /**
   * The problem a call meets now, empty when it is worth trying.
   *
   * @param diagnosing see {@link Requester#diagnosing}
   */
  public Optional<ProblemException> whyDown(boolean diagnosing) {
    return Outage.met(shared.state(), diagnosing);
  }

  /** Starts it in the background, unless it is off or started on demand. */
  void start() {
    if (!(shared.state() instanceof OnDemand)) {
      shared.start();
    }
  }

  /** Whether it is started only to learn which tools it has, and that is going on. */
  boolean isLearning() {
    return !tools.known() && isOnDemand() && shared.state() instanceof Starting;
  }

  /**
   * Starts it once, if nothing starts it because its tools are not known.
   *
   * @return whether it is being started now
   */
  boolean learn() {
    if (tools.known() || !(shared.state() instanceof OnDemand)) {
      return false;
    }
    shared.start();
    return true;
  }

  private boolean isOnDemand() {
    return definition.sessions().onDemand();
  }

  /** Takes the list of an earlier day, until the server tells a newer one. */
  void remember(List<McpTool> list) {
    tools.remember(list);
  }

  /** Looks for signs of life, and ends what nobody uses. */
  void look(long nowNanos) {
    Sessions sessions = definition.sessions();
    shared.look(nowNanos);
    own.all().forEach(session -> session.look(nowNanos));
    own.rest(nowNanos, sessions.idleTimeout());
    if (sessions.scope() != Scope.SHARED) {
      shared.rest("Its tools are known, and each user has a session of their own.");
    } else if (isOnDemand() && nowNanos - shared.lastUse() >= sessions.idleTimeout().toNanos()) {
      shared.rest("Nobody used it for " + sessions.idleTimeout().toSeconds() + " s.");
    }
  }

  /** Reads its tools again, or tries to start it at once when it is down. */
  void refresh() {
    if (isOnDemand() && shared.state() instanceof OnDemand) {
      shared.start();
    } else {
      tools.read();
      shared.hurry();
    }
  }

  /** Goes on under a definition that its sessions can go on under. */
  void redefine(ServerDefinition newDefinition) {
    definition = newDefinition;
    slots.limit(newDefinition.callLimits());
    tools.redefine(newDefinition);
  }

  /** What the server told of its tools, for the one that takes its place. */
  Optional<List<McpTool>> listed() {
    return tools.listed();
  }

  private Stream<Supervisor> sessions() {
    return Stream.concat(Stream.of(shared), own.all().stream());
  }

  /**
   * Ends it for good, when its running calls have ended.
   *
   * @param patience how long that may take at most
   * @return completed when its processes and connections are gone
   */
  CompletableFuture<Void> stop(String why, Duration patience) {
    sessions().forEach(session -> session.drain(why));
    return slots
        .idle()
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(
            idle ->
                CompletableFuture.allOf(
                    sessions()
                        .map(session -> session.stop(why))
                        .toArray(CompletableFuture[]::new)));
  }
}
