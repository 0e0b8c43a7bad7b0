package io.toolgate.upstream;

import io.toolgate.tenant.Sessions;
import java.nio.file.Path;
import java.time.Duration;

/** Upstreams for tests of other packages, of which nothing is ever started. */
public final class Unstarted {
  private Unstarted() {}

  /** One named {@code s}, with sessions of this scope. */
  public static Upstream of(Sessions.Scope scope) {
    Launched launched = new Launched(Path.of("target"));
    launched.shape = new Sessions(scope, true, Duration.ofMinutes(1), 9, 9);
    return launched.start("exit 1");
  }
}
