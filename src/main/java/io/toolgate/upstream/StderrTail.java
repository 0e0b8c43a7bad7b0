package io.toolgate.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The last lines a child printed on its standard error, with secrets masked and every line bounded:
 * they are the best explanation of a failed start there is.
 *
 * <p>Threading: any thread.
 */
final class StderrTail {
  private static final int LINES = 10;
  private static final int LINE_LENGTH = 400;
  private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;?]*[A-Za-z]");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  private final Deque<String> lines = new ArrayDeque<>();
  private final Masking masking;

  StderrTail(Set<String> secrets) {
    this.masking = new Masking(secrets);
  }

  /** Keeps the line, which may be long, and returns it as it may be shown. */
  String add(String line) {
    String safe = bounded(masking.mask(printable(line))).stripTrailing();
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

  private static String printable(String line) {
    return CONTROL.matcher(COLOUR.matcher(line).replaceAll("")).replaceAll(" ");
  }

  /** After masking: a secret that is cut is not found any more. */
  private static String bounded(String line) {
    return line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH);
  }
}
