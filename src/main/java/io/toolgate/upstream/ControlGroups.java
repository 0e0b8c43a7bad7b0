package io.toolgate.upstream;

import io.toolgate.tenant.ChildLimits;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kernel's control groups below our own, where we may make some: one for each child that is
 * limited, so that a limit counts for all of its processes together. Both versions are known.
 *
 * <p>In the second version a group that divides its means among others holds no processes itself,
 * so ours are moved to one of their own when the first child is limited.
 *
 * <p>Threading: any thread.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control groups</a>
 */
final class ControlGroups {
  enum Controller {
    MEMORY,
    CPU;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Base(Path folder, boolean unified) {}

  private static final String PREFIX = "toolgate-";
  private static final String MEMBERS = "cgroup.procs";
  private static final String PASSED_ON = "cgroup.subtree_control";
  private static final int PERIOD_MICROS = 100_000;
  private static final int SHORTEST_MICROS = 1_000;

  private final Map<Controller, Base> bases = new EnumMap<>(Controller.class);

  ControlGroups() {
    this(Path.of("/proc/self"));
  }

  ControlGroups(Path process) {
    for (Controller controller : Controller.values()) {
      try {
        find(controller, process).filter(this::works).ifPresent(b -> bases.put(controller, b));
      } catch (IOException | RuntimeException e) {
        // not this system's, or not for us
      }
    }
  }

  synchronized boolean has(Controller controller) {
    return bases.containsKey(controller);
  }

  private boolean works(Base base) {
    return base.unified()
        ? Files.isWritable(base.folder().resolve(MEMBERS))
            && Files.isWritable(base.folder().resolve(PASSED_ON))
        : Files.isWritable(base.folder());
  }

  private static Optional<Base> find(Controller controller, Path process) throws IOException {
    String word = controller.word();
    List<String> mounts = Files.readAllLines(process.resolve("mountinfo"));
    for (String line : Files.readAllLines(process.resolve("cgroup"))) {
      String[] ours = line.split(":", 3);
      boolean unified = ours[1].isEmpty();
      if (!unified && !List.of(ours[1].split(",")).contains(word)) {
        continue;
      }
      for (String mount : mounts) {
        String[] sides = mount.split(" - ", 2);
        String[] place = sides[0].split(" ");
        String[] kind = sides[1].split(" ");
        boolean fits =
            unified
                ? kind[0].equals("cgroup2")
                : kind[0].equals("cgroup") && List.of(kind[2].split(",")).contains(word);
        if (fits && (ours[2] + "/").startsWith(place[3])) {
          String below = place[3].equals("/") ? ours[2] : ours[2].substring(place[3].length());
          Base base = new Base(Path.of(place[4] + "/" + below).normalize(), unified);
          if (!unified || offers(base.folder(), word)) {
            return Optional.of(base);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean offers(Path folder, String word) throws IOException {
    return List.of(Files.readString(folder.resolve("cgroup.controllers")).strip().split(" "))
        .contains(word);
  }

  /**
   * Makes the groups of a child that is to be limited.
   *
   * @return files to which a process writes 0 to become a member
   */
  synchronized List<Path> make(ChildMark mark, ChildLimits limits) throws IOException {
    Set<Path> members = new LinkedHashSet<>();
    if (limits.memoryBytes().isPresent() && has(Controller.MEMORY)) {
      Path group = group(Controller.MEMORY, mark);
      String file = bases.get(Controller.MEMORY).unified() ? "memory.max" : "memory.limit_in_bytes";
      Files.writeString(group.resolve(file), String.valueOf(limits.memoryBytes().get()));
      members.add(group.resolve(MEMBERS));
    }
    if (limits.cpus().isPresent() && has(Controller.CPU)) {
      Path group = group(Controller.CPU, mark);
      long quota = Math.max(SHORTEST_MICROS, Math.round(limits.cpus().get() * PERIOD_MICROS));
      if (bases.get(Controller.CPU).unified()) {
        Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      } else {
        Files.writeString(group.resolve("cpu.cfs_period_us"), String.valueOf(PERIOD_MICROS));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), String.valueOf(quota));
      }
      members.add(group.resolve(MEMBERS));
    }
    return new ArrayList<>(members);
  }

  private Path group(Controller controller, ChildMark mark) throws IOException {
    Base base = bases.get(controller);
    if (base.unified()) {
      passOn(base.folder());
    }
    removeOrphaned(base.folder());
    return Files.createDirectories(base.folder().resolve(PREFIX + mark.value()));
  }

  private void passOn(Path folder) throws IOException {
    List<String> offered = new ArrayList<>();
    for (Controller controller : Controller.values()) {
      if (bases.containsKey(controller) && bases.get(controller).unified()) {
        offered.add("+" + controller.word());
      }
    }
    String passed = " " + Files.readString(folder.resolve(PASSED_ON)).strip() + " ";
    if (offered.stream().allMatch(word -> passed.contains(" " + word.substring(1) + " "))) {
      return;
    }
    Path ours = Files.createDirectories(folder.resolve("toolgate"));
    for (String process : Files.readAllLines(folder.resolve(MEMBERS))) {
      Files.writeString(ours.resolve(MEMBERS), process);
    }
    Files.writeString(folder.resolve(PASSED_ON), String.join(" ", offered));
  }

  private static void removeOrphaned(Path folder) throws IOException {
    try (DirectoryStream<Path> groups = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path group : groups) {
        String name = group.getFileName().toString().substring(PREFIX.length());
        ChildMark.read(name).filter(ChildMark::isOrphaned).ifPresent(mark -> remove(group));
      }
    }
  }

  /** For groups that cannot be made after all. */
  synchronized void giveUp() {
    bases.clear();
  }

  /** Removes the groups of a child that is gone. */
  synchronized void remove(ChildMark mark) {
    bases.values().forEach(base -> remove(base.folder().resolve(PREFIX + mark.value())));
  }

  /** Refused by the kernel while a process is in it; then the next start removes it. */
  private static void remove(Path group) {
    File folder = group.toFile();
    if (folder.isDirectory() && !folder.delete()) {
      folder.deleteOnExit();
    }
  }
}
