package io.toolgate.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the servers' supervision. */
@ConfigMapping(prefix = "toolgate.upstream")
public interface UpstreamSettings {
  /** Time from the start of a server to its complete tool list, where its definition gives none. */
  @WithDefault("60s")
  Duration startupTimeout();

  /** Of what one server prints, in our log; four times as many may come at once. */
  @WithDefault("50")
  int logLinesPerSecond();

  /** Whether servers that run as our children are kept from seeing us. */
  @WithDefault("auto")
  Confinement.Mode confinement();
}
