package io.toolgate.database;

/** How the database is. */
public enum DatabaseState {
  /** Not reached yet. */
  WAITING("waiting"),
  /** Connected; changes are heard. */
  READY("ready"),
  /** Connected, but changes are not heard: they must be asked for. */
  DEAF("deaf"),
  /** Was there and went away, or does not let Toolgate make its tables. */
  DOWN("down");

  private final String word;

  DatabaseState(String word) {
    this.word = word;
  }

  /** For listings. */
  public String word() {
    return word;
  }
}
