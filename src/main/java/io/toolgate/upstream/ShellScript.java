package io.toolgate.upstream;

/** Steps of a POSIX shell; the first that fails ends the script, and nothing is run unprepared. */
final class ShellScript {
  private final StringBuilder text = new StringBuilder("set -e\n");

  /**
   * @param words each of them one word, whatever it holds
   */
  ShellScript run(Object... words) {
    for (Object word : words) {
      text.append(quoted(word.toString())).append(' ');
    }
    return line("");
  }

  /** A line as it is. */
  ShellScript line(String line) {
    text.append(line).append('\n');
    return this;
  }

  static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
