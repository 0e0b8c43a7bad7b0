package io.toolgate.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a server refuses over all sessions with it, one after the other. A refusal may mean that it
 * has forgotten the session, so a new one is begun; if it then refuses the same again, the session
 * was not the reason.
 *
 * <p>Invariant: what is refused again and again begins no more than one session in {@link #PAUSE}.
 *
 * <p>Threading: any thread.
 */
final class Refusals {
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  /** When a new session was begun because this was refused: a tool's name, or a method's. */
  private final Map<String, Long> renewed = new ConcurrentHashMap<>();

  private volatile Optional<String> standing = Optional.empty();

  /** Whether a new session may help; then it is begun. */
  boolean mayRenew(String what, long nowNanos) {
    if (renewed.size() > MOST) {
      renewed.clear(); // nobody has so many tools
    }
    boolean[] may = new boolean[1];
    renewed.compute(
        what,
        (same, before) -> {
          may[0] = before == null || nowNanos - before > PAUSE.toNanos();
          return may[0] ? Long.valueOf(nowNanos) : before;
        });
    return may[0];
  }

  /** It was refused on a new session too, before anything was answered there. */
  void stand(String reason) {
    standing = Optional.of(reason);
  }

  /** It was answered, so the next refusal may have to do with the session again. */
  void answered(String what) {
    if (!renewed.isEmpty()) {
      renewed.remove(what);
    }
    if (standing.isPresent()) {
      standing = Optional.empty();
    }
  }

  /** Why all calls are refused at present; empty while the server answers any. */
  Optional<String> standing() {
    return standing;
  }
}
