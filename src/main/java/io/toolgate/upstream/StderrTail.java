package io.toolgate.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The last lines a child printed on its standard error, with secrets masked and every line bounded:
 * they are the best explanation of a failed start there is.
 *
 * <p>Threading: any thread.
 */
final class StderrTail {
  private static final int LINES = 10;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Masking masking;

  StderrTail(Set<String> secrets) {
    this.masking = new Masking(secrets);
  }

  /** Keeps the line, which may be long, and returns it as it may be shown. */
  String add(String line) {
    String safe = masking.line(line);
    synchronized (lines) {
      if (!safe.isBlank()) {
        lines.addLast(safe);
      }
      if (lines.size() > LINES) {
        lines.removeFirst();
      }
    }
    return safe;
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }
}
