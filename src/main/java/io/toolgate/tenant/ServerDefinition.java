package io.toolgate.tenant;

import java.time.Duration;
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
 * @param timeout deadline of one call; empty for the product's default
 * @param startupTimeout time from start to the first complete tool list; empty for the product's
 *     default
 * @param instructions whether its {@code instructions} are handed to the model
 * @param secrets values that must be masked wherever the server's own output is shown
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
    Optional<Duration> startupTimeout,
    boolean instructions,
    Set<String> secrets) {

  public ServerDefinition {
    secrets = Set.copyOf(secrets);
  }

  public boolean enabled() {
    return off.isEmpty();
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return name + " (" + transport + off.map(reason -> ", off: " + reason).orElse("") + ")";
  }
}
