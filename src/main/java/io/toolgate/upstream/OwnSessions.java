package io.toolgate.upstream;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.Sessions;
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
import java.util.function.Function;

/**
 * The sessions of one server that belong to somebody: to a user, a chat or a group.
 *
 * <p>Invariants: there are never more than the definition allows; who needs room gets it only from
 * own sessions that are idle, and never from another's; a session in use is not ended.
 *
 * <p>Threading: guarded by its lock, under which nothing slow is done.
 */
final class OwnSessions {
  private final Map<SessionKey, Supervisor> sessions = new LinkedHashMap<>();
  private final Set<CompletableFuture<Void>> ending = ConcurrentHashMap.newKeySet();
  private boolean ended;

  /**
   * The session of this key, entered for one call.
   *
   * @throws ProblemException too-many-calls when there is no room for one more;
   *     upstream-unavailable when no session may begin any more
   */
  synchronized Supervisor enter(
      SessionKey key, Sessions limits, Function<SessionKey, Supervisor> fresh) {
    Supervisor entered = sessions.get(key);
    if (entered == null) {
      if (ended) {
        throw Outage.ended();
      }
      Optional<SessionKey> replaced = superseded(key).or(() -> makeRoom(key, limits));
      entered = fresh.apply(key);
      replaced
          .map(old -> end(sessions.remove(old), "Another session of its owner takes its place."))
          .ifPresent(entered::inPlaceOf);
      sessions.put(key, entered);
    }
    entered.enter();
    return entered;
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
        sessions.keySet().stream()
            .filter(other -> key.user().isPresent() && other.user().equals(key.user()))
            .toList();
    boolean isFull = sessions.size() >= limits.max();
    if (!isFull && own.size() < limits.maxPerUser()) {
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
    ended = true;
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
