package io.toolgate.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a JVM allocates, from its log of collections: what the heap has grown by between the end
 * of one and the begin of the next. It costs the JVM nothing.
 */
final class Garbage {
  private static final Pattern LINE =
      Pattern.compile("\\[(\\d+\\.\\d+)s\\].* (\\d+)M->(\\d+)M\\(\\d+M\\)");

  private Garbage() {}

  /** Bytes per second between the first and the last collection; not a number without two. */
  static double rate(Path log, long skippedBytes) throws IOException {
    Matcher line = LINE.matcher(Files.readString(log).substring((int) skippedBytes));
    double first = Double.NaN;
    double last = Double.NaN;
    double left = 0;
    double grown = 0;
    while (line.find()) {
      last = Double.parseDouble(line.group(1));
      if (Double.isNaN(first)) {
        first = last;
      } else {
        grown += Double.parseDouble(line.group(2)) - left;
      }
      left = Double.parseDouble(line.group(3));
    }
    return grown * 1024 * 1024 / (last - first);
  }
}
