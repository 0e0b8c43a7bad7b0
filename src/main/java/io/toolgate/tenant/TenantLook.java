package io.toolgate.tenant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the tenant files look from outside, without their content. Two looks differ when the content
 * may have changed; a file that was only touched differs too.
 *
 * @param files by the path they are read at
 * @param mistakes folders that could not be listed
 */
record TenantLook(Map<Path, Seen> files, List<Finding> mistakes) {

  /**
   * A file where it really is, which a link on its way may change.
   *
   * @param unreachable why there is nothing to be seen, in which case all else is empty
   * @param key names the file whatever it is called, so that one put in its place is noticed
   * @param altered when anything about it changed last, its rights too
   */
  record Seen(
      Optional<String> unreachable,
      Optional<Path> real,
      long size,
      Optional<FileTime> modified,
      Optional<Object> key,
      Optional<Object> altered) {

    private static Seen at(Path path) {
      try {
        Path real = path.toRealPath();
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        return new Seen(
            Optional.empty(),
            Optional.of(real),
            attributes.size(),
            Optional.of(attributes.lastModifiedTime()),
            Optional.ofNullable(attributes.fileKey()),
            altered(real));
      } catch (IOException unreachable) {
        return new Seen(
            Optional.of(unreachable.getClass().getName()),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
      }
    }

    private static Optional<Object> altered(Path real) throws IOException {
      return real.getFileSystem().supportedFileAttributeViews().contains("unix")
          ? Optional.of(Files.getAttribute(real, "unix:ctime"))
          : Optional.empty();
    }
  }

  static TenantLook at(List<Path> paths) {
    Findings findings = new Findings();
    Map<Path, Seen> files = new TreeMap<>();
    for (Path path : paths) {
      TenantPaths.files(path, findings).forEach(file -> files.put(file, Seen.at(file)));
    }
    return new TenantLook(files, findings.mistakes());
  }
}
