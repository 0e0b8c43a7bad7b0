package io.toolgate.tenant;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a group brings for one server instead of what its definition says.
 *
 * @param values by the names of variables
 * @param endpoint where the server is reached for this group
 */
public record GroupCredentials(String group, Map<String, String> values, Optional<URI> endpoint) {

  /**
   * @throws IllegalArgumentException when the endpoint is one that {@link #endpointMistake} refuses
   */
  public GroupCredentials {
    values = Map.copyOf(values);
    endpoint
        .flatMap(url -> endpointMistake(url.toString()))
        .ifPresent(
            mistake -> {
              throw new IllegalArgumentException("An endpoint " + mistake);
            });
  }

  /** What is wrong with the text of an endpoint, in words that follow its name. */
  public static Optional<String> endpointMistake(String endpoint) {
    return HttpUrl.strictMistake(endpoint);
  }

  /** Names only, and not where. */
  @Override
  public String toString() {
    return group + " " + new TreeSet<>(values.keySet());
  }
}
