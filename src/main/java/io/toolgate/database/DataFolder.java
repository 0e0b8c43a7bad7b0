package io.toolgate.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What the embedded PostgreSQL keeps in Toolgate's data folder, by name. */
record DataFolder(Path path) {
  private static final int PASSWORD_BYTES = 24;
  private static final int ATTEMPTS = 5;
  private static final long LOOK_MILLIS = 20;

  /** The cluster, PostgreSQL's own. */
  Path cluster() {
    return path.resolve("postgres");
  }

  Path log() {
    return path.resolve("postgres.log");
  }

  private Path portFile() {
    return path.resolve("postgres-port");
  }

  private Path passwordFile() {
    return path.resolve("postgres-password");
  }

  private Path lockFile() {
    return path.resolve("postgres.lock");
  }

  /** Takes the folder for this process, until the channel is closed; none when another has it. */
  Optional<FileChannel> take() throws IOException {
    FileChannel channel =
        FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    for (int i = 0; i < ATTEMPTS; i++) {
      if (lock(channel, false)) {
        return Optional.of(channel);
      }
      // Another may be looking only, for a moment.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }
    channel.close();
    return Optional.empty();
  }

  /** Whether a process has it. */
  boolean isTaken() throws IOException {
    if (!Files.exists(lockFile())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.READ)) {
      return !lock(channel, true);
    }
  }

  private static boolean lock(FileChannel channel, boolean shared) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
    } catch (OverlappingFileLockException e) {
      return false; // taken within this very process
    }
  }

  Optional<Integer> port() throws IOException {
    return read(portFile()).filter(text -> text.matches("\\d{1,5}")).map(Integer::valueOf);
  }

  void keepPort(int port) throws IOException {
    Files.writeString(portFile(), port + "\n");
  }

  Optional<String> password() throws IOException {
    return read(passwordFile()).filter(text -> !text.isEmpty());
  }

  /** A new one, in a file that only its owner can read, from its first byte on. */
  String newPassword() throws IOException {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Files.deleteIfExists(passwordFile());
    Files.createFile(
        passwordFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passwordFile(), password + "\n");
    return password;
  }

  private static Optional<String> read(Path file) throws IOException {
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  static void delete(Path tree) throws IOException {
    if (Files.notExists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
