package io.toolgate.tenant;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a tenant file says about one MCP server, with variables filled in and defaults applied.
 *
 * @param name first segment of the server's URLs, unique, URL-safe, not reserved
 * @param displayName for people; the name when the file gives none
 * @param description one sentence, may be empty
 * @param tier the group it is listed under ({@code http}, {@code sse}, {@code stdio}, {@code local}
 *     or the file's own)
 * @param transport how it is reached
 * @param off why it is switched off, empty when it is on
 * @param toolFilter which of its tools are served
 * @param timeout time a call may pass without an answer or a sign of progress; empty for the
 *     product's default
 * @param deadline time a call may take however much progress it reports; empty for no other bound
 *     than the product's
 * @param startupTimeout time from start to the first complete tool list; empty for the product's
 *     default
 * @param instructions whether its {@code instructions} are handed to the model
 * @param sessions who shares it, and for how long it runs
 * @param callLimits how many calls it is given
 * @param secrets values that must be masked wherever the server's own output is shown
 * @param source what it was read from; empty for one that was not read
 */
public record ServerDefinition(
    String name,
    String displayName,
    String description,
    String tier,
    Transport transport,
    Optional<String> off,
    ToolFilter toolFilter,
    Optional<Duration> timeout,
    Optional<Duration> deadline,
    Optional<Duration> startupTimeout,
    boolean instructions,
    Sessions sessions,
    CallLimits callLimits,
    Set<String> secrets,
    Optional<Source> source) {

  static final String DEMO = "a demo, on only while no authentication is configured";

  public ServerDefinition {
    secrets = Set.copyOf(secrets);
  }

  /** One that was not read from a file, with the defaults of sessions and calls. */
  public ServerDefinition(
      String name,
      String displayName,
      String description,
      String tier,
      Transport transport,
      Optional<String> off,
      ToolFilter toolFilter,
      Optional<Duration> timeout,
      Optional<Duration> startupTimeout,
      boolean instructions,
      Set<String> secrets) {
    this(
        name,
        displayName,
        description,
        tier,
        transport,
        off,
        toolFilter,
        timeout,
        Optional.empty(),
        startupTimeout,
        instructions,
        Sessions.DEFAULT,
        CallLimits.DEFAULT,
        secrets,
        Optional.empty());
  }

  /** Whether it is a demo and off for nothing else than that. */
  public boolean isDemoOff() {
    return off.equals(Optional.of(DEMO));
  }

  public boolean enabled() {
    return off.isEmpty();
  }

  /**
   * Whether what runs under the other definition can go on unchanged under this one. Names for
   * people, the choice of tools, and limits of calls and sessions may differ: they are looked up
   * anew by each call.
   */
  public boolean sameUpstream(ServerDefinition other) {
    return name.equals(other.name)
        && transport.equals(other.transport)
        && enabled() == other.enabled()
        && sessions.scope() == other.sessions.scope()
        && sessions.onDemand() == other.sessions.onDemand()
        && startupTimeout.equals(other.startupTimeout)
        && secrets.equals(other.secrets);
  }

  /**
   * The server as callers of this group get it: with the group's values instead of those of
   * variables of the same names, and at the group's address, to which no credential of others goes.
   */
  public GroupDefinition forGroup(GroupCredentials credentials) {
    return source
        .map(from -> new GroupReader(this, from, credentials).read())
        .orElseGet(() -> new GroupDefinition(this, List.of()));
  }

  ServerDefinition with(Transport otherTransport, Optional<String> otherOff, Source from) {
    return new ServerDefinition(
        name,
        displayName,
        description,
        tier,
        otherTransport,
        otherOff,
        toolFilter,
        timeout,
        deadline,
        startupTimeout,
        instructions,
        sessions,
        callLimits,
        secrets,
        Optional.of(from));
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return name + " (" + transport + off.map(reason -> ", off: " + reason).orElse("") + ")";
  }
}
