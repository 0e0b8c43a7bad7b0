package io.toolgate.policy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds rows that grant nothing because they name what does not exist.
 *
 * <p>Invariant: nothing is said before it is known which servers there are, nor of the tools of a
 * server that has not told them.
 *
 * <p>Threading: {@link #of} is called by one thread.
 */
@Singleton
public class GrantReview {
  private static final int MOST = 20;

  private final PolicySettings settings;
  private volatile Supplier<Optional<Map<String, KnownServer>>> known = Optional::empty;
  private Grants grants;
  private Optional<Map<String, KnownServer>> servers = Optional.empty();
  private List<String> warnings = List.of();

  @Inject
  GrantReview(PolicySettings settings) {
    this.settings = settings;
  }

  /**
   * Takes from where it is known what rows may name.
   *
   * @param servers by name, all that are defined; asked once a second
   */
  public void against(Supplier<Map<String, KnownServer>> servers) {
    known = () -> Optional.of(servers.get());
  }

  /** A sentence each, in a stable order; worked out again when rows, servers or tools changed. */
  List<String> of(Grants current) {
    Optional<Map<String, KnownServer>> now = known.get();
    if (current != grants || !now.equals(servers)) {
      grants = current;
      servers = now;
      warnings = List.of();
      warnings =
          now.map(all -> shortened(new RowReview(current.named(), all, settings).sentences()))
              .orElse(List.of());
    }
    return warnings;
  }

  private static List<String> shortened(List<String> all) {
    if (all.size() <= MOST) {
      return all;
    }
    List<String> first = new ArrayList<>(all.subList(0, MOST));
    first.add("There are %d more rows that mean nothing.".formatted(all.size() - MOST));
    return List.copyOf(first);
  }
}
