package io.toolgate.upstream;

import io.toolgate.tenant.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What no child may see of our files: the data folder, and the files that hold our secrets. What a
 * definition itself names is meant for that server and stays: a folder within the data folder, its
 * own key file. The folder {@code files} stays for all, and nothing of the database for any.
 *
 * <p>Threading: immutable.
 *
 * @param data the data folder as it is called in definitions
 * @param secrets files, or folders that hold nothing but secrets
 */
record Hidden(Path data, Set<Path> secrets) {
  private static final String FOR_ALL = "files";
  private static final String OF_THE_DATABASE = "postgres";
  private static final String SUFFIX = "_FILE";

  /** In a mounted secret of Kubernetes; its files are exchanged behind a symlink of that name. */
  private static final String EXCHANGED = "..data";

  Hidden {
    secrets = Set.copyOf(secrets);
  }

  /**
   * @param environment ours: variables of Toolgate that end in {@code _FILE} name secrets; those of
   *     others may name what every program needs, such as certificates
   */
  static Hidden of(Path data, Map<String, String> environment) {
    Set<Path> secrets = new LinkedHashSet<>();
    environment.forEach(
        (name, value) -> {
          if (name.endsWith(SUFFIX) && Variables.isOwn(name) && !value.isBlank()) {
            Path file = Path.of(value).toAbsolutePath().normalize();
            if (Files.isRegularFile(file)) {
              secrets.add(Files.exists(file.resolveSibling(EXCHANGED)) ? file.getParent() : file);
            }
          }
        });
    return new Hidden(data.toAbsolutePath().normalize(), secrets);
  }

  /** The secrets that a server with these words in its definition does not name itself. */
  List<Path> secretsFrom(Collection<String> words) {
    return secrets.stream()
        .filter(secret -> words.stream().noneMatch(word -> word.contains(secret.toString())))
        .sorted()
        .toList();
  }

  /**
   * Names of what stays visible in the data folder for a server with these words in its definition.
   * What is missing is made: in a hidden folder it would be lost.
   */
  Set<String> visibleTo(Collection<String> words) throws IOException {
    // After the name of the data folder: the first name below it, and whether more follows.
    Pattern below =
        Pattern.compile(
            "(?:"
                + Pattern.quote(data.toString())
                + "|"
                + Pattern.quote(real().toString())
                + ")"
                + "/+([^/:;,\"'\\s]+)(/?)");
    Set<String> visible = new LinkedHashSet<>(List.of(FOR_ALL));
    Files.createDirectories(real().resolve(FOR_ALL));
    for (String word : words) {
      Matcher named = below.matcher(word);
      while (named.find()) {
        String name = named.group(1);
        if (name.startsWith(OF_THE_DATABASE) || name.matches("\\.+")) {
          continue;
        }
        Path path = real().resolve(name);
        if (Files.notExists(path)) {
          if (named.group(2).isEmpty() && name.lastIndexOf('.') > 0) {
            Files.createFile(path);
          } else {
            Files.createDirectories(path);
          }
        }
        visible.add(name);
      }
    }
    return visible;
  }

  /** The data folder without symbolic links; made when there is none yet. */
  Path real() throws IOException {
    if (Files.notExists(data)) {
      Files.createDirectories(data);
    }
    return data.toRealPath();
  }

  @Override
  public String toString() {
    return data + secrets.stream().map(file -> ", " + file).collect(Collectors.joining());
  }
}
