package io.toolgate.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many requests are taken, in a minute. */
@ConfigMapping(prefix = "toolgate.rate-limit")
public interface RateSettings {
  /** Whether requests are counted at all. */
  @WithDefault("false")
  boolean enabled();

  /** Of one user, or one key that names no user. */
  @WithDefault("300")
  int perUser();

  /** Without valid proof from one address. */
  @WithDefault("60")
  int perAddress();
}
