package io.toolgate.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The log of the embedded PostgreSQL: a file and the one before it, a megabyte each, which only
 * their owner can read, whoever made them before.
 *
 * <p>Threading: one thread copies; {@link #lastFailure} may be asked by any.
 */
final class BoundedLog {
  private static final long LIMIT = 1 << 20;
  private static final Pattern FAILURE = Pattern.compile(".*?\\b(?:FATAL|PANIC|ERROR): +(.*)");

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private volatile String lastFailure = "";

  BoundedLog(Path file) throws IOException {
    this.file = file;
    for (Path existing : List.of(file, before())) {
      if (Files.exists(existing)) {
        Files.setPosixFilePermissions(existing, PRIVATE);
      }
    }
  }

  private Path before() {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  /** Copies until the end of the output, which is read even when it cannot be written. */
  void copy(InputStream output) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        var failure = FAILURE.matcher(line);
        if (failure.matches()) {
          lastFailure = failure.group(1);
        } else if (lastFailure.isEmpty() && !line.contains("LOG:")) {
          lastFailure = line.strip();
        }
        append(line);
      }
    } catch (IOException e) {
      // The server has ended.
    }
  }

  private void append(String line) {
    try {
      if (Files.exists(file) && Files.size(file) > LIMIT) {
        Files.move(file, before(), StandardCopyOption.REPLACE_EXISTING);
      }
      if (Files.notExists(file)) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE));
      }
      try (Writer out = Files.newBufferedWriter(file, StandardOpenOption.APPEND)) {
        out.write(line);
        out.write('\n');
      }
    } catch (IOException e) {
      // A full disk must not stop the server by a full pipe.
    }
  }

  /** What the server last complained about, without time and level; empty if it did not. */
  String lastFailure() {
    return lastFailure;
  }
}
