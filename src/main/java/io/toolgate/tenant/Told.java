package io.toolgate.tenant;

import java.util.Optional;
import java.util.Set;

/**
 * What a server that asks for it may be told of a caller. Whoever makes one answers for its being
 * proven.
 *
 * @param groups names of the groups the caller belongs to
 * @param chat the conversation the call comes from
 */
public record Told(
    Optional<String> email, Optional<String> id, Set<String> groups, Optional<String> chat) {
  /** Of a caller who is not known, and of requests that no caller causes. */
  public static final Told NOBODY =
      new Told(Optional.empty(), Optional.empty(), Set.of(), Optional.empty());

  public Told {
    groups = Set.copyOf(groups);
  }
}
