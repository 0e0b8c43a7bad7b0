package io.toolgate.upstream;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Settings of what addresses out of the database may lead to. */
@ConfigMapping(prefix = "toolgate.endpoint")
public interface EndpointSettings {
  /** Hosts, each with or without a port, that are reached whatever their address is. */
  Optional<List<String>> hosts();
}
