package io.toolgate.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The last lines a child printed, shown with secrets masked and every line bounded: they are the
 * best explanation of a failed start there is.
 *
 * <p>What launchers print beside that, such as {@code npm notice} after the reason, is shown only
 * where there is nothing else. Lines are told apart when they are looked at, so that keeping one of
 * a flood costs next to nothing.
 *
 * <p>Threading: any thread.
 */
final class StderrTail {
  private static final int SHOWN = 10;
  private static final int KEPT = 100;

  /** Of the lines kept beyond those that are shown at least. */
  private static final int KEPT_CHARACTERS = 256 * 1024;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Masking masking;
  private long characters;

  StderrTail(Set<String> secrets) {
    this.masking = new Masking(secrets);
  }

  /** Keeps the line; of a flood only the last ones are ever looked at again. */
  void add(String line) {
    if (line.isBlank()) {
      return;
    }
    synchronized (lines) {
      lines.addLast(line);
      characters += line.length();
      while (lines.size() > KEPT || lines.size() > SHOWN && characters > KEPT_CHARACTERS) {
        characters -= lines.removeFirst().length();
      }
    }
  }

  /** The line, which may be long, as it may be shown. */
  String shown(String line) {
    return masking.line(line);
  }

  List<String> lines() {
    List<String> all;
    synchronized (lines) {
      all = List.copyOf(lines);
    }
    List<String> said =
        all.stream().filter(line -> !LauncherNoise.is(Masking.plain(line))).toList();
    List<String> last = said.isEmpty() ? all : said;
    return last.subList(Math.max(0, last.size() - SHOWN), last.size()).stream()
        .map(this::shown)
        .filter(line -> !line.isBlank())
        .toList();
  }
}
