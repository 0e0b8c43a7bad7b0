package io.toolgate.tenant;

import io.toolgate.tenant.Transport.Protocol;
import io.toolgate.tenant.Transport.Remote;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One server of a tenant file to its definition. A server that is off is read just as thoroughly,
 * so that setting its variable later brings no new mistakes of shape.
 */
final class ServerReader {
  private final Source source;
  private final String name;
  private final Fields fields;
  private final Secrets secrets = new Secrets();
  private final Substitution substitution;
  private final Findings findings;

  ServerReader(Source source, Findings findings) {
    this(source, Map.of(), findings);
  }

  /**
   * @param brought values of variables that a group brings
   */
  ServerReader(Source source, Map<String, String> brought, Findings findings) {
    this.name = source.name();
    this.findings = findings;
    this.substitution = new Substitution(source.variables(), brought, findings, secrets);
    this.source =
        source.with(EnvFile.merged(source.server(), source.place(), substitution, findings));
    this.fields = new Fields(this.source.server(), source.place(), substitution, findings);
  }

  /** Worth nothing when mistakes were found on the way. */
  ServerDefinition read() {
    requires();
    Sessions sessions = new SessionsReader(fields, findings).read();
    Transport transport = new TransportReader(fields, sessions.scope(), secrets, findings).read();
    withoutEffectYet(ServerKey.OAUTH);
    boolean disabled = disabled();
    boolean demo = fields.flag(ServerKey.DEMO);
    String displayName = line(ServerKey.DISPLAY_NAME, name);
    String description = line(ServerKey.DESCRIPTION, "");
    String tier = line(ServerKey.TIER, tier(transport));
    ToolFilter filter = toolFilter();
    var timeout = fields.time(ServerKey.TIMEOUT);
    var deadline = deadline(timeout);
    var startupTimeout = fields.time(ServerKey.STARTUP_TIMEOUT);
    boolean instructions = fields.flag(ServerKey.INSTRUCTIONS);
    return new ServerDefinition(
        name,
        displayName,
        description,
        tier,
        transport,
        off(source.enablement(), disabled, demo),
        filter,
        timeout,
        deadline,
        startupTimeout,
        instructions,
        sessions,
        callLimits(),
        secrets.values(),
        Optional.of(source.having(substitution.used())));
  }

  private boolean disabled() {
    Optional<Boolean> disabled = fields.choice(ServerKey.DISABLED);
    Optional<Boolean> enabled = fields.choice(ServerKey.ENABLED);
    if (disabled.isPresent() && disabled.equals(enabled)) {
      findings.mistake(fields.place(ServerKey.ENABLED), "contradicts \"disabled\"");
    }
    return disabled.or(() -> enabled.map(on -> !on)).orElse(false);
  }

  private Optional<Duration> deadline(Optional<Duration> timeout) {
    Optional<Duration> deadline = fields.time(ServerKey.DEADLINE);
    if (deadline.isPresent() && timeout.filter(t -> t.compareTo(deadline.get()) > 0).isPresent()) {
      findings.mistake(
          fields.place(ServerKey.DEADLINE), "is shorter than \"timeout\", which it should contain");
    }
    return deadline;
  }

  private CallLimits callLimits() {
    CallLimits otherwise = CallLimits.DEFAULT;
    return new CallLimits(
        fields.whole(ServerKey.MAX_CONCURRENCY, 1).orElse(otherwise.concurrency()),
        fields.whole(ServerKey.MAX_QUEUE, 0).orElse(otherwise.queue()));
  }

  /** Why it is off; only to be asked when every string has been read. */
  private Optional<String> off(Enablement enablement, boolean disabled, boolean demo) {
    boolean wanted = enablement.enables(name);
    if (enablement.disables(name)) {
      return Optional.of("disabled by DISABLE_SERVERS");
    }
    if (disabled && !wanted) {
      return Optional.of("disabled in its file");
    }
    if (!substitution.needed().isEmpty()) {
      return Optional.of("needs " + String.join(", ", substitution.needed()));
    }
    if (!substitution.inputs().isEmpty()) {
      return Optional.of(
          substitution.inputs().stream()
              .map(id -> "${input:" + id + "}")
              .collect(
                  Collectors.joining(
                      ", ", "uses ", ", which only an editor can ask for; use a variable")));
    }
    if (demo && !enablement.demos() && !wanted) {
      return Optional.of(ServerDefinition.DEMO);
    }
    return Optional.empty();
  }

  private void requires() {
    for (Text text : fields.texts(ServerKey.REQUIRES)) {
      if (Variables.isName(text.raw())) {
        substitution.need(text.place(), text.raw());
      } else {
        findings.mistake(
            text.place(), Quote.quote(text.raw()) + " is no name of an environment variable");
      }
    }
  }

  private ToolFilter toolFilter() {
    Set<String> enabled = values(ServerKey.ENABLED_TOOLS);
    Set<String> disabled = values(ServerKey.DISABLED_TOOLS);
    boolean limited = fields.has(ServerKey.ENABLED_TOOLS);
    if (limited && enabled.isEmpty()) {
      findings.warning(fields.place(ServerKey.ENABLED_TOOLS), "serves no tool at all");
    }
    Set<String> both = new HashSet<>(enabled);
    both.retainAll(disabled);
    both.stream()
        .sorted()
        .forEach(
            tool ->
                findings.warning(
                    fields.place(ServerKey.DISABLED_TOOLS),
                    Quote.quote(tool) + " is enabled and disabled; it stays disabled"));
    return new ToolFilter(limited ? Optional.of(enabled) : Optional.empty(), disabled);
  }

  private Set<String> values(ServerKey key) {
    List<Text> texts = fields.texts(key);
    return texts.stream().map(Text::value).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private String line(ServerKey key, String otherwise) {
    return fields
        .text(key)
        .map(text -> text.value().strip())
        .filter(value -> !value.isEmpty())
        .orElse(otherwise);
  }

  private void withoutEffectYet(ServerKey key) {
    if (fields.object(key).isPresent()) {
      findings.warning(fields.place(key), "has no effect yet");
    }
  }

  private static String tier(Transport transport) {
    if (transport instanceof Remote remote) {
      return remote.protocol() == Protocol.SSE
          ? Protocol.SSE.name().toLowerCase(Locale.ROOT)
          : "http";
    }
    return "stdio";
  }
}
