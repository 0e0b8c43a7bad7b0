package io.toolgate.policy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What everything logs while it is open: of our own loggers from the finest level on, and of others
 * what is logged as long as nobody asks for more, whatever levels tests before have left behind.
 */
public final class CapturedLog implements AutoCloseable {
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("toolgate");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          if (!isOurs(entry) && entry.getLevel().intValue() < Level.INFO.intValue()) {
            return;
          }
          Object[] values = entry.getParameters();
          String line = entry.getMessage();
          lines.add((values == null ? line : line.formatted(values)) + " " + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  public CapturedLog() {
    handler.setLevel(Level.ALL);
    OURS.setLevel(Level.ALL);
    ROOT.addHandler(handler);
  }

  private static boolean isOurs(LogRecord entry) {
    return String.valueOf(entry.getLoggerName()).startsWith(OURS.getName());
  }

  public List<String> with(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  @Override
  public void close() {
    ROOT.removeHandler(handler);
    OURS.setLevel(null);
  }
}
