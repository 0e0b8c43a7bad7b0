package io.toolgate.bench.program;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process that we started, and that ends with us whatever happens. */
public final class Child implements AutoCloseable {
  private static final Set<Child> RUNNING = ConcurrentHashMap.newKeySet();
  private static final Set<String> KEPT =
      Set.of("PATH", "HOME", "USER", "LANG", "TMPDIR", "JAVA_HOME", "JAVA_OPTS");
  private static final int PATIENCE_SECONDS = 30;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Child::close)));
  }

  private final Process process;

  private Child(Process process) {
    this.process = process;
    RUNNING.add(this);
  }

  public static Child start(ProcessBuilder builder) throws IOException {
    return start(builder, Map.of());
  }

  /** With these variables; of ours only those that cannot decide what is measured. */
  public static Child start(ProcessBuilder builder, Map<String, String> variables)
      throws IOException {
    builder.environment().keySet().retainAll(KEPT);
    builder.environment().putAll(variables);
    return new Child(builder.start());
  }

  public Process process() {
    return process;
  }

  public long pid() {
    return process.pid();
  }

  public void mustRun() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          process.info().commandLine().orElse("A program")
              + " has ended with "
              + process.exitValue());
    }
  }

  /** Asks it to end, as an operator does, and ends it if it does not. */
  @Override
  public void close() {
    if (!RUNNING.remove(this)) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
