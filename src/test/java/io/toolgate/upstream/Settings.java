package io.toolgate.upstream;

import io.toolgate.Await;
import java.time.Duration;

/** Settings for tests, to be changed before an upstream is made. */
final class Settings implements UpstreamSettings {
  Duration startupTimeout = Duration.ofMinutes(1);
  Duration callTimeout = Duration.ofMinutes(1);
  Duration callDeadline = Duration.ofMinutes(1);
  Duration restartWait = Await.LIMIT;
  Duration keepAlive = Duration.ofMinutes(1);
  Duration drain = Await.LIMIT;

  @Override
  public Duration startupTimeout() {
    return startupTimeout;
  }

  @Override
  public Duration callTimeout() {
    return callTimeout;
  }

  @Override
  public Duration callDeadline() {
    return callDeadline;
  }

  @Override
  public Duration startWait() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Duration restartWait() {
    return restartWait;
  }

  @Override
  public Duration keepAlive() {
    return keepAlive;
  }

  @Override
  public int logLinesPerSecond() {
    return 50;
  }

  @Override
  public Confinement.Mode confinement() {
    return Confinement.Mode.OFF;
  }

  @Override
  public Duration drain() {
    return drain;
  }
}
