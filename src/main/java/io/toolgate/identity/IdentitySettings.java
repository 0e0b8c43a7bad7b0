package io.toolgate.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Settings that decide who is let in. */
@ConfigMapping(prefix = "toolgate.identity")
public interface IdentitySettings {
  /** Whether callers without proof are served from other machines too. */
  @WithDefault("false")
  boolean allowAnonymous();

  /**
   * Origins of web pages that may call, beside those on this machine, for example {@code
   * https://chat.example}.
   */
  Optional<List<String>> corsAllowOrigins();
}
