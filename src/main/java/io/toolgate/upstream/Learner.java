package io.toolgate.upstream;

import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Told;
import io.toolgate.upstream.UpstreamState.OnDemand;
import io.toolgate.upstream.UpstreamState.Starting;
import java.util.List;
import java.util.Optional;

/**
 * Learns which tools a server has: over the session that all share, or, for one that is off but for
 * groups with credentials of their own, over a session with those of one group.
 *
 * <p>Invariant: what a session of a user tells of tools is not listened to, so that no user's tools
 * are shown to others.
 *
 * <p>Threading: any thread; {@link #supply} is called by one.
 */
final class Learner implements SessionListener {
  private final Surroundings surroundings;
  private final ServedTools tools;
  private final Supervisor shared;
  private volatile Optional<String> instructions = Optional.empty();
  private volatile Optional<Supervisor> supplied = Optional.empty();
  private Optional<GroupCredentials> supplier = Optional.empty();

  Learner(ServerDefinition definition, Surroundings surroundings) {
    this.surroundings = surroundings;
    this.tools =
        new ServedTools(
            definition,
            surroundings.startupTimeout(definition),
            surroundings.changed(),
            list -> surroundings.learned().accept(definition, list));
    this.shared =
        new Supervisor(
            new Opening(definition, Told.NOBODY, surroundings.guard()),
            definition.name(),
            definition.sessions().onDemand(),
            surroundings,
            this);
  }

  @Override
  public void begins() {
    tools.expect();
  }

  @Override
  public void opened(Live live) {
    instructions = live.handshake().instructions();
    List<McpTool> told = live.handshake().tools();
    tools.first(live.session(), told);
    ServerDefinition definition = shared.definition();
    if (!told.isEmpty()) {
      definition
          .toolFilter()
          .strangers(told.stream().map(McpTool::name).toList())
          .forEach(surroundings.children().log(definition.name())::once);
    }
  }

  @Override
  public void notified(String method) {
    if ("notifications/tools/list_changed".equals(method)) {
      tools.read();
    }
  }

  /** The session that all share. */
  Supervisor shared() {
    return shared;
  }

  /** The session that tells of tools. */
  Supervisor session() {
    return supplied.orElse(shared);
  }

  ServedTools tools() {
    return tools;
  }

  /** What the server tells a model about itself. */
  Optional<String> instructions() {
    return instructions;
  }

  /** Whether a group's credentials show the tools of one that is off for everybody else. */
  boolean isSupplied() {
    return supplied.isPresent();
  }

  /**
   * Takes the credentials of a group for a server that is off without them.
   *
   * @return whether {@link #isSupplied} is another than before
   */
  boolean supply(ServerDefinition definition, Optional<GroupCredentials> credentials) {
    if (definition.enabled() || credentials.equals(supplier)) {
      return false;
    }
    supplier = credentials;
    Optional<Supervisor> former = supplied;
    supplied =
        credentials
            .map(own -> Opening.with(own, definition, Told.NOBODY, surroundings.guard()))
            .filter(opening -> opening.definition().enabled())
            .map(this::supervised);
    former.ifPresent(session -> session.stop("Its credentials changed."));
    return supplied.isPresent() != former.isPresent();
  }

  private Supervisor supervised(Opening opening) {
    String label = opening.definition().name() + " of a group";
    return new Supervisor(opening, label, true, surroundings, this);
  }

  /** Whether the session was begun only to learn, and that is going on. */
  boolean isLearning() {
    return !tools.known() && session().isOnDemand() && session().state() instanceof Starting;
  }

  /**
   * Begins the session once, if nothing begins it because the tools are not known.
   *
   * @return whether it is being begun now
   */
  boolean learn() {
    return !tools.known() && begin();
  }

  private boolean begin() {
    if (!(session().state() instanceof OnDemand)) {
      return false;
    }
    session().start();
    return true;
  }

  /** Reads the tools again, or tries to start at once what is down. */
  void refresh() {
    if (!begin()) {
      tools.read();
      session().hurry();
    }
  }
}
