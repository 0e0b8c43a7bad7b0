package io.toolgate.upstream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the log says of servers while it is open. */
final class Warned implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger("toolgate.server");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          Object[] values = line.getParameters();
          lines.add(values == null ? line.getMessage() : line.getMessage().formatted(values));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  Warned() {
    LOGGER.addHandler(handler);
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    LOGGER.removeHandler(handler);
  }
}
