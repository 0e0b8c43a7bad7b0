package io.toolgate.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Data folders with an embedded database, copied from one that is made once for all tests. */
public final class DatabaseFolder {
  private static final Path PROGRAMS = unpacked();
  private static Path used;

  private DatabaseFolder() {}

  private static Path unpacked() {
    try {
      Path folder = open(Files.createTempDirectory("toolgate-programs"));
      deleteAtTheEnd(folder);
      PostgresPrograms programs = PostgresPrograms.in(new DataFolder(folder));
      programs.unpack();
      return programs.home();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where no Toolgate has been started yet. */
  static Path empty() throws IOException {
    Path folder = open(Files.createTempDirectory("toolgate-database"));
    deleteAtTheEnd(folder);
    Files.createSymbolicLink(folder.resolve(PROGRAMS.getFileName()), PROGRAMS);
    return folder;
  }

  /** Where one has been started and ended before. */
  static Path create() throws IOException {
    Path folder = Files.createTempDirectory("toolgate-database");
    deleteAtTheEnd(folder);
    prepare(folder);
    return folder;
  }

  /** Makes a folder one where a Toolgate has been started and ended before. */
  public static synchronized void prepare(Path folder) throws IOException {
    if (used == null) {
      used = start(empty());
    }
    open(Files.createDirectories(folder));
    Files.createSymbolicLink(folder.resolve(PROGRAMS.getFileName()), PROGRAMS);
    copy(used.resolve("postgres"), folder.resolve("postgres"));
    copy(used.resolve("postgres-password"), folder.resolve("postgres-password"));
  }

  private static Path start(Path folder) {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.in(folder)) {
      postgres.start();
      postgres.awaitReady();
      return folder;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static Path open(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void deleteAtTheEnd(Path folder) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    DataFolder.delete(folder);
                  } catch (IOException e) {
                    // A server may still write.
                  }
                }));
  }
}
