package io.toolgate.upstream;

import io.toolgate.tenant.ChildLimits;
import io.toolgate.upstream.ControlGroups.Controller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What a child may use, as far as this system can enforce it. What it cannot is said, and the child
 * runs all the same.
 *
 * <p>Without control groups a limit of memory counts for the data of each process alone: address
 * space is no measure, because V8 and the JVM reserve far more than they use.
 *
 * <p>Threading: any thread.
 */
public final class Limits {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");
  private static final int KB = 1024;

  private final ControlGroups groups;

  Limits(ControlGroups groups) {
    this.groups = groups;
  }

  /** Sentences for an administrator: which of these limits do not hold, or hold in part. */
  public List<String> shortcomings(ChildLimits limits) {
    List<String> said = new ArrayList<>();
    if (Shell.ofSystem().isEmpty()) {
      return limits.isNone() ? List.of() : List.of("its limits cannot be enforced on this system");
    }
    if (limits.memoryBytes().isPresent() && !groups.has(Controller.MEMORY)) {
      said.add(
          "its limit of memory holds for each of its processes alone, because there is no control group to write to");
    }
    if (limits.cpus().isPresent() && !groups.has(Controller.CPU)) {
      said.add("its limit of CPUs is not enforced, because there is no control group to write to");
    }
    return said;
  }

  /** The words that go before a command to limit it; none where nothing is limited. */
  List<String> before(Optional<Shell> shell, ChildMark mark, ChildLimits limits) {
    if (limits.isNone() || shell.isEmpty()) {
      return List.of();
    }
    ShellScript script = new ShellScript();
    for (Path members : made(mark, limits)) {
      script.line("echo 0 >" + ShellScript.quoted(members.toString()));
    }
    // Where the system's own limit is lower already, that one holds.
    limits.files().ifPresent(files -> script.line("ulimit -n " + files + " 2>/dev/null || :"));
    if (!groups.has(Controller.MEMORY)) {
      limits
          .memoryBytes()
          .ifPresent(bytes -> script.line("ulimit -d " + bytes / KB + " 2>/dev/null || :"));
    }
    script.line("exec \"$@\"");
    List<String> prefix = new ArrayList<>(shell.get().running(script.toString()));
    prefix.add("toolgate");
    return prefix;
  }

  private List<Path> made(ChildMark mark, ChildLimits limits) {
    try {
      return groups.make(mark, limits);
    } catch (IOException e) {
      LOG.warnf("Control groups cannot be used: %s", e.getMessage());
      groups.giveUp();
      return List.of();
    }
  }

  /** To be called when the child and all it has started are gone. */
  void release(ChildMark mark) {
    groups.remove(mark);
  }
}
