package io.toolgate.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, which the jar carries for some platforms, unpacked in the data folder.
 *
 * <p>Invariant: the folder {@link #home} is complete or absent; a start that was killed leaves its
 * part under another name.
 */
record PostgresPrograms(Path home) {
  /** Of the programs in the jar, for example {@code 18.6.0}. */
  static final String VERSION = version();

  static PostgresPrograms in(DataFolder folder) {
    return new PostgresPrograms(folder.path().resolve("postgresql-" + VERSION));
  }

  /** The first number of the version; it decides whether a cluster can be read. */
  static String major() {
    return VERSION.substring(0, VERSION.indexOf('.'));
  }

  /**
   * @throws ConfigurationException when the jar has none for this platform
   */
  static void requirePlatform() {
    if (PostgresPrograms.class.getResource(archive()) == null) {
      throw new ConfigurationException(
          "Toolgate has no embedded PostgreSQL for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + ". Set DATABASE_URL to the address of a PostgreSQL server.");
    }
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /** Unpacks them, if that was not done before; takes a second or two. */
  void unpack() throws IOException {
    if (Files.isDirectory(home)) {
      return;
    }
    Path part = home.resolveSibling(home.getFileName() + ".part");
    DataFolder.delete(part);
    Files.createDirectories(part);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZInputStream(PostgresPrograms.class.getResourceAsStream(archive())))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        if (!entry.getName().endsWith(".a")) {
          unpack(entry, tar, part.resolve(entry.getName()).normalize());
        }
      }
    }
    Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      Set<PosixFilePermission> permissions = new TreeSet<>(Files.getPosixFilePermissions(target));
      permissions.add(PosixFilePermission.GROUP_READ);
      permissions.add(PosixFilePermission.OTHERS_READ);
      if ((entry.getMode() & 0100) != 0) {
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        permissions.add(PosixFilePermission.GROUP_EXECUTE);
        permissions.add(PosixFilePermission.OTHERS_EXECUTE);
      }
      Files.setPosixFilePermissions(target, permissions);
    }
  }

  private static String archive() {
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
            ? "darwin"
            : System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine =
        switch (System.getProperty("os.arch")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default -> System.getProperty("os.arch");
        };
    return "/postgres-" + system + "-" + machine + ".txz";
  }

  private static String version() {
    try (InputStream in = PostgresPrograms.class.getResourceAsStream("postgres-version.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
