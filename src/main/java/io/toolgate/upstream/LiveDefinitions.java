package io.toolgate.upstream;

import io.toolgate.tenant.Definitions;
import io.toolgate.tenant.TenantMistakes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Keeps the running servers as the files define them.
 *
 * <p>Invariant: files with a mistake change nothing: what ran before runs on, and the mistakes are
 * told until they are mended.
 *
 * <p>Threading: any thread; one reads at a time. Reading files blocks.
 */
@ApplicationScoped
public class LiveDefinitions {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");

  private final Upstreams upstreams;
  private Supplier<Definitions> files;
  private volatile Optional<Refused> refused = Optional.empty();

  LiveDefinitions(Upstreams upstreams) {
    this.upstreams = upstreams;
  }

  /** Files that were not used, since when, and what is wrong with them, a line each. */
  public record Refused(Instant since, List<String> mistakes) {}

  /**
   * Reads for the first time.
   *
   * @param newFiles reads them anew each time it is asked
   * @return what they say
   * @throws TenantMistakes when there is any
   */
  public synchronized Definitions begin(Supplier<Definitions> newFiles) {
    files = newFiles;
    Definitions definitions = files.get();
    upstreams.define(definitions.servers());
    return definitions;
  }

  /** Reads again, and changes what is defined differently. */
  public synchronized void reload() {
    Definitions definitions;
    try {
      definitions = files.get();
    } catch (TenantMistakes mistakes) {
      List<String> lines = mistakes.getMessage().lines().toList();
      if (!refused.map(Refused::mistakes).equals(Optional.of(lines))) {
        LOG.errorf(
            "The changed definitions are not used; the servers go on as they were. Mistakes:\n%s",
            mistakes.getMessage());
        refused = Optional.of(new Refused(Instant.now(), lines));
      }
      return;
    }
    if (refused.isPresent()) {
      LOG.info("The definitions are free of mistakes again");
      refused = Optional.empty();
    }
    if (upstreams.define(definitions.servers())) {
      definitions.warnings().forEach(LOG::warn);
    }
  }

  public Optional<Refused> refused() {
    return refused;
  }
}
