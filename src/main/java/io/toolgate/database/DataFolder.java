package io.toolgate.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What the embedded PostgreSQL keeps in Toolgate's data folder, by name. */
record DataFolder(Path path) {
  private static final int PASSWORD_BYTES = 24;

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

  /** Takes the folder for this process, until the channel is closed; none when another has it. */
  Optional<FileChannel> take() throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve("postgres.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException e) {
      // Taken within this very process.
    }
    channel.close();
    return Optional.empty();
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
