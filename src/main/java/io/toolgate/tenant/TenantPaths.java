package io.toolgate.tenant;

import io.toolgate.text.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Folders to files and files to text; what cannot be read is a mistake like any other. */
final class TenantPaths {
  private static final int LARGEST = 4 * 1024 * 1024;

  private TenantPaths() {}

  /** The path itself unless it is a folder. */
  static List<Path> files(Path path, Findings findings) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> files = entries.filter(TenantPaths::isTenantFile).sorted().toList();
      if (files.isEmpty()) {
        findings.warning(Place.file(path), "this folder holds no *.json file");
      }
      return files;
    } catch (IOException unreadable) {
      findings.mistake(Place.file(path), why(unreadable));
    } catch (UncheckedIOException unreadable) {
      findings.mistake(Place.file(path), why(unreadable.getCause()));
    }
    return List.of();
  }

  static Optional<String> text(Path path, Findings findings) {
    return text(path, Place.file(path), findings);
  }

  /**
   * @param place where the file is named
   */
  static Optional<String> text(Path path, Place place, Findings findings) {
    try {
      return Optional.of(TextFile.read(path, LARGEST));
    } catch (IOException unreadable) {
      findings.mistake(place, why(unreadable));
      return Optional.empty();
    }
  }

  /** A link counts as what it leads to; one that leads nowhere is found out on reading. */
  private static boolean isTenantFile(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".json") && !name.startsWith(".") && !Files.isDirectory(path);
  }

  private static String why(IOException unreadable) {
    if (unreadable instanceof CharacterCodingException) {
      return "is not UTF-8 text; save it as UTF-8";
    }
    if (unreadable instanceof TextFile.TooLarge) {
      return "is larger than 4 MiB";
    }
    if (unreadable instanceof NoSuchFileException) {
      return "does not exist";
    }
    return unreadable instanceof AccessDeniedException
        ? "may not be read by the user Toolgate runs as"
        : "cannot be read";
  }
}
