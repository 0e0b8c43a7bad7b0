package io.toolgate.tenant;

import io.toolgate.tenant.Sessions.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The keys that say who shares a running server and for how long it runs. */
final class SessionsReader {
  private static final Map<String, Scope> SCOPES =
      Map.of("shared", Scope.SHARED, "user", Scope.USER, "chat", Scope.CHAT);
  private static final Map<String, Boolean> STARTS = Map.of("eager", false, "on-demand", true);

  private final Fields fields;
  private final Findings findings;

  SessionsReader(Fields fields, Findings findings) {
    this.fields = fields;
    this.findings = findings;
  }

  Sessions read() {
    Sessions otherwise = Sessions.DEFAULT;
    Scope scope = word(ServerKey.SESSION, SCOPES).orElse(otherwise.scope());
    Optional<Boolean> onDemand = word(ServerKey.START, STARTS);
    Sessions sessions =
        new Sessions(
            scope,
            onDemand.orElse(otherwise.onDemand()),
            fields.time(ServerKey.IDLE_TIMEOUT).orElse(otherwise.idleTimeout()),
            fields.whole(ServerKey.MAX_SESSIONS, 1).orElse(otherwise.max()),
            fields.whole(ServerKey.MAX_SESSIONS_PER_USER, 1).orElse(otherwise.maxPerUser()));
    warn(sessions, onDemand);
    return sessions;
  }

  private void warn(Sessions sessions, Optional<Boolean> onDemand) {
    if (sessions.scope() == Scope.SHARED) {
      for (ServerKey key : List.of(ServerKey.MAX_SESSIONS, ServerKey.MAX_SESSIONS_PER_USER)) {
        warn(key, "has no effect without \"session\": \"user\" or \"chat\"");
      }
    } else if (onDemand.isPresent() && !onDemand.get()) {
      warn(ServerKey.START, "has no effect, because sessions are started by their first call");
    }
    if (!sessions.onDemand()) {
      warn(ServerKey.IDLE_TIMEOUT, "has no effect without \"start\": \"on-demand\"");
    }
  }

  private void warn(ServerKey key, String detail) {
    if (fields.has(key)) {
      findings.warning(fields.place(key), detail);
    }
  }

  private <T> Optional<T> word(ServerKey key, Map<String, T> words) {
    Optional<Text> text = fields.text(key).filter(Text::known);
    Optional<T> meant = text.map(given -> words.get(given.value().strip()));
    if (text.isPresent() && meant.isEmpty()) {
      findings.mistake(
          text.get().place(),
          text.map(Text::raw).map(Quote::quote).orElse("")
              + " is none of "
              + words.keySet().stream()
                  .sorted()
                  .map(Quote::quote)
                  .collect(Collectors.joining(", ")));
    }
    return meant;
  }
}
