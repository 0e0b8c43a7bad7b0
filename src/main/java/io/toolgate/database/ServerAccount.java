package io.toolgate.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The account PostgreSQL runs under: it refuses to run as root, and wants an account that has a
 * name.
 *
 * <p>An ordinary user's own is taken. Root's way is a user namespace of its own, in which
 * PostgreSQL is nobody but its files are still ours; where that is forbidden, as in many
 * containers, another account that can reach the data folder.
 *
 * @param prefix words before a command that make it run under the account
 * @param uid owner of the cluster's files, as we see it
 */
record ServerAccount(List<String> prefix, int uid) {
  private static final String USABLE =
      "name=$(id -un) && [ \"$(id -u)\" != 0 ] && [ -n \"$name\" ] && [ -x \"$1\" ]";

  /** {@code data} is the data folder, which exists. */
  static ServerAccount find(Path data) throws IOException, InterruptedException {
    int own = ownUid(data);
    ServerAccount namespace = new ServerAccount(List.of("unshare", "-U"), own);
    List<ServerAccount> candidates = new ArrayList<>();
    if (own == 0) {
      candidates.add(namespace);
      for (String name : List.of("postgres", "nobody")) {
        candidates.addAll(other(name, data));
      }
    } else {
      candidates.add(new ServerAccount(List.of(), own));
      candidates.add(namespace);
    }
    for (ServerAccount candidate : candidates) {
      if (candidate.usable(data)) {
        return candidate;
      }
    }
    throw new ConfigurationException(
        own == 0
            ? "The embedded PostgreSQL does not run as root, and no other account was found that reaches "
                + data
                + ". Start Toolgate as an ordinary user, or set DATABASE_URL."
            : "The embedded PostgreSQL needs an account that has a name, and user "
                + own
                + " has none here. Start Toolgate as another user, or set DATABASE_URL.");
  }

  private static int ownUid(Path data) throws IOException {
    Path file = Files.createTempFile(data, "owner", "");
    try {
      return owner(file);
    } finally {
      Files.delete(file);
    }
  }

  private static List<ServerAccount> other(String name, Path data)
      throws IOException, InterruptedException {
    Command uid = run(List.of("id", "-u", name), data);
    Command gid = run(List.of("id", "-g", name), data);
    if (uid.failed() || gid.failed()) {
      return List.of();
    }
    String user = uid.output().strip();
    return List.of(
        new ServerAccount(
            List.of(
                "setpriv", "--reuid=" + user, "--regid=" + gid.output().strip(), "--clear-groups"),
            Integer.parseInt(user)));
  }

  private boolean usable(Path data) throws IOException, InterruptedException {
    return !run(command("sh", "-c", USABLE, "sh", data.toString()), data).failed();
  }

  private static Command run(List<String> words, Path data)
      throws IOException, InterruptedException {
    try {
      return Command.run(words, data);
    } catch (IOException notInstalled) {
      return new Command(127, "");
    }
  }

  List<String> command(String... words) {
    return Stream.concat(prefix.stream(), Stream.of(words)).toList();
  }

  /** Hands a tree over to the account, if it is not its own yet. */
  void own(Path tree) throws IOException {
    if (owner(tree) == uid) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static int owner(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid");
  }
}
