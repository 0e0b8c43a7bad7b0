package io.toolgate.policy;

import java.util.function.Predicate;

/**
 * The decision for one caller. Document, listings and calls all ask the same one, so they cannot
 * disagree.
 *
 * <p>Immutable, and good for one request: grants change.
 */
public final class Access {
  private final Reach reach;
  private final boolean refreshes;
  private final boolean diagnoses;

  Access(Reach reach, boolean refreshes, boolean diagnoses) {
    this.reach = reach;
    this.refreshes = refreshes;
    this.diagnoses = diagnoses;
  }

  /** Whether a server, by name, is granted; perhaps only some of its tools. */
  public boolean grants(String server) {
    return reach.of(server) != Tools.NONE;
  }

  /**
   * Which tools of a server are granted.
   *
   * @return asked with the names that the server gives its tools
   */
  public Predicate<String> toolsOf(String server) {
    return reach.of(server);
  }

  /** Whether the caller may make Toolgate read its servers again, and see its metrics. */
  public boolean refreshes() {
    return refreshes;
  }

  /** Whether the caller may see why a server fails, and what it printed. */
  public boolean diagnoses() {
    return diagnoses;
  }

  Access within(Reach limit) {
    return new Access(reach.within(limit), refreshes, diagnoses);
  }
}
