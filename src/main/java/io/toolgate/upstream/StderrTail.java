package io.toolgate.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The last lines a child printed, shown with secrets masked and every line bounded: they are the
 * best explanation of a failed start there is.
 *
 * <p>What launchers print beside that, such as {@code npm notice} after the reason, is kept only as
 * long as there is nothing else: it never pushes out or follows what the server said.
 *
 * <p>Threading: any thread.
 */
final class StderrTail {
  private static final int LINES = 10;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Deque<String> noise = new ArrayDeque<>();
  private final Masking masking;

  StderrTail(Set<String> secrets) {
    this.masking = new Masking(secrets);
  }

  /** Keeps the line; of a flood only the last ones are ever looked at again. */
  void add(String line) {
    if (line.isBlank()) {
      return;
    }
    synchronized (lines) {
      Deque<String> kept = LauncherNoise.is(Masking.plain(line)) ? noise : lines;
      kept.addLast(line);
      if (kept.size() > LINES) {
        kept.removeFirst();
      }
    }
  }

  /** The line, which may be long, as it may be shown. */
  String shown(String line) {
    return masking.line(line);
  }

  List<String> lines() {
    List<String> last;
    synchronized (lines) {
      last = List.copyOf(lines.isEmpty() ? noise : lines);
    }
    return last.stream().map(this::shown).filter(line -> !line.isBlank()).toList();
  }
}
