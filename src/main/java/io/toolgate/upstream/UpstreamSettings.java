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

  /** Time of a call without an answer or a sign of progress, where the definition gives none. */
  @WithDefault("60s")
  Duration callTimeout();

  /** Time of a whole call, however much progress it reports, where the definition gives none. */
  @WithDefault("10m")
  Duration callDeadline();

  /** How long after its start Toolgate is not ready while servers start with it. */
  @WithDefault("10s")
  Duration startWait();

  /** How long a call waits for a server that is being started again. */
  @WithDefault("5s")
  Duration restartWait();

  /** After so much silence a server is asked for a sign of life. */
  @WithDefault("30s")
  Duration keepAlive();

  /** How long running calls may go on when their server is removed, changed or stopped. */
  @WithDefault("10s")
  Duration drain();

  /** Of what one server prints, in our log; four times as many may come at once. */
  @WithDefault("50")
  int logLinesPerSecond();

  /** Whether servers that run as our children are kept from seeing us. */
  @WithDefault("auto")
  Confinement.Mode confinement();
}
