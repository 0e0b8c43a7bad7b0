package io.toolgate.upstream;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Sessions;
import io.toolgate.tenant.Told;
import io.toolgate.tenant.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of one server that belong to somebody: to a user, a chat or a group.
 *
 * <p>Invariants: there are never more than the definition allows; who needs room gets it only from
 * own sessions that are idle, and never from another user's; a session in use is not ended; after
 * {@link #close} there are no new ones.
 *
 * <p>Threading: guarded by its lock, under which nothing slow is done.
 */
final class OwnSessions {
  private final Surroundings surroundings;
  private final Map<SessionKey, Supervisor> sessions = new LinkedHashMap<>();
  private final Set<CompletableFuture<Void>> ending = ConcurrentHashMap.newKeySet();
  private boolean closed;

  OwnSessions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * The session of this key, entered for one call.
   *
   * @param told of whom the server is told when it starts, if that is one user
   * @throws ProblemException too-many-calls when there is no room for one more;
   *     upstream-unavailable when no session may begin any more; not-granted when the server cannot
   *     be told of the caller
   */
  synchronized Supervisor enter(SessionKey key, ServerDefinition definition, Told told) {
    Supervisor entered = sessions.get(key);
    if (entered == null) {
      if (closed) {
        throw Outage.ended();
      }
      Optional<SessionKey> replaced =
          superseded(key).or(() -> makeRoom(key, definition.sessions()));
      entered = fresh(key, definition, told);
      replaced
          .map(old -> end(sessions.remove(old), "Another session of its owner takes its place."))
          .ifPresent(entered::inPlaceOf);
      sessions.put(key, entered);
    }
    entered.enter();
    return entered;
  }

  private Supervisor fresh(SessionKey key, ServerDefinition definition, Told told) {
    Told who = key.user().isPresent() ? told : Told.NOBODY;
    Opening opening =
        key.credentials()
            .map(own -> Opening.with(own, definition, who, surroundings.guard()))
            .orElseGet(() -> new Opening(definition, who, surroundings.guard()));
    if (opening.definition().transport() instanceof Transport.Stdio stdio) {
      stdio.env(who); // whoever cannot be told to the server is refused now, not after a start
    }
    String label = definition.name() + " of " + key.owner();
    return new Supervisor(opening, label, true, surroundings, SessionListener.NONE);
  }

  /** One that nobody can take any more, because its credentials are no longer the group's. */
  private Optional<SessionKey> superseded(SessionKey key) {
    return sessions.keySet().stream()
        .filter(other -> other.supersededBy(key) && sessions.get(other).running() == 0)
        .findFirst();
  }

  private CompletableFuture<Void> end(Supervisor session, String why) {
    CompletableFuture<Void> gone = session.stop(why);
    ending.add(gone);
    gone.whenComplete((nothing, failure) -> ending.remove(gone));
    return gone;
  }

  private Optional<SessionKey> makeRoom(SessionKey key, Sessions limits) {
    List<SessionKey> own =
        sessions.keySet().stream().filter(other -> other.user().equals(key.user())).toList();
    boolean isFull = sessions.size() >= limits.max();
    boolean isOfUser = key.user().isPresent();
    if (!isFull && !(isOfUser && own.size() >= limits.maxPerUser())) {
      return Optional.empty();
    }
    SessionKey idle =
        own.stream()
            .filter(candidate -> sessions.get(candidate).running() == 0)
            .min(Comparator.comparingLong(candidate -> sessions.get(candidate).lastUse()))
            .orElseThrow(() -> full(isFull));
    return Optional.of(idle);
  }

  private static ProblemException full(boolean all) {
    return Problem.TOO_MANY_CALLS
        .because(
            all
                ? "The server has as many sessions as it may have. Try again when one has become idle."
                : "You have as many sessions with this server as you may have, and all are busy.")
        .retryAfter(10);
  }

  /** Ends those that nobody has used for so long. */
  void rest(long nowNanos, Duration idleTimeout) {
    List<Supervisor> idle = new ArrayList<>();
    synchronized (this) {
      sessions
          .values()
          .removeIf(
              session ->
                  session.running() == 0
                      && nowNanos - session.lastUse() >= idleTimeout.toNanos()
                      && idle.add(session));
    }
    idle.forEach(session -> end(session, "Nobody used it for " + idleTimeout.toSeconds() + " s."));
  }

  /** No session begins any more; those there are may go on. */
  synchronized void close() {
    closed = true;
  }

  /** Completed when those are gone that were ended before. */
  CompletableFuture<Void> gone() {
    return CompletableFuture.allOf(ending.toArray(CompletableFuture[]::new));
  }

  /** As of now. */
  synchronized List<Supervisor> all() {
    return List.copyOf(sessions.values());
  }

  /** How many there are. */
  synchronized int size() {
    return sessions.size();
  }
}
