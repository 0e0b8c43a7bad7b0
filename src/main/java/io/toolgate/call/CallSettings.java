package io.toolgate.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of tool calls. */
@ConfigMapping(prefix = "toolgate.call")
public interface CallSettings {
  /** Deadline of one call, where the server's definition gives none. */
  @WithDefault("60s")
  Duration timeout();
}
