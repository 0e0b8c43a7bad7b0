package io.toolgate.upstream;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the file of a program as the system would. A child is started by other programs, which
 * could only tell of a missing one in their own words.
 */
final class ProgramFile {
  /** Where the system's own tools are, whatever {@code PATH} a child is given. */
  private static final String SYSTEM = "/usr/bin:/bin:/usr/sbin:/sbin:/run/current-system/sw/bin";

  private ProgramFile() {}

  /**
   * @param folder the child's working folder, from which a relative path counts
   * @throws IOException when there is none that can be run
   */
  static String of(String command, Path folder) throws IOException {
    if (File.separatorChar != '/') {
      return command; // Windows looks in more places, and starts it without other programs
    }
    try {
      if (command.contains("/")) {
        return Optional.of(folder.resolve(command))
            .filter(ProgramFile::canBeRun)
            .map(Path::toString)
            .orElseThrow(() -> new IOException(command));
      }
      return in(Optional.ofNullable(System.getenv("PATH")).orElse(SYSTEM), command)
          .map(Path::toString)
          .orElseThrow(() -> new IOException(command));
    } catch (InvalidPathException e) {
      throw new IOException(command, e);
    }
  }

  static Optional<Path> ofSystem(String name) {
    return in(SYSTEM, name);
  }

  private static Optional<Path> in(String folders, String name) {
    return Stream.of(folders.split(File.pathSeparator))
        .map(folder -> Path.of(folder).toAbsolutePath().resolve(name))
        .filter(ProgramFile::canBeRun)
        .findFirst();
  }

  private static boolean canBeRun(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
