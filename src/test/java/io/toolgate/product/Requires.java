package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a test needs of the machine beside a JDK. Where it is missing the test is skipped and says
 * so; where {@code CI} is {@code true} it fails, because there nothing may be skipped.
 */
public final class Requires {
  private Requires() {}

  /** Node.js, and the MCP servers that the build installs with npm. */
  public static void node() {
    program("node", "Node.js");
    if (!Files.isDirectory(NpmServer.PACKAGES)) {
      missing("the MCP servers of npm (npm must be there when the tests are prepared)");
    }
  }

  /** The Debian package {@code chromium}. */
  public static Path chromium() {
    return program("chromium", "Chromium");
  }

  /** The programs of the Debian package {@code postgresql-15}. */
  public static Path postgres() {
    Path programs = Path.of("/usr/lib/postgresql/15/bin");
    return Files.isExecutable(programs.resolve("initdb"))
        ? programs
        : missing("PostgreSQL 15 (Debian package postgresql-15)");
  }

  /** To be root, with a root's rights to mount. */
  public static void root() {
    if (!"root".equals(System.getProperty("user.name"))) {
      missing("root for its tests");
    }
  }

  /** The Debian package {@code docker-compose}. */
  public static Path dockerCompose() {
    return program("docker-compose", "docker-compose");
  }

  /** The Debian package {@code curl}. */
  public static Path curl() {
    return program("curl", "curl");
  }

  /** The Debian package {@code openssl}. */
  public static Path openssl() {
    return program("openssl", "openssl");
  }

  /** The Debian package {@code caddy}. */
  public static Path caddy() {
    return program("caddy", "Caddy");
  }

  /** The Debian package {@code nginx-light}. */
  public static Path nginx() {
    Path program = Path.of("/usr/sbin/nginx");
    return Files.isExecutable(program) ? program : missing("nginx (Debian package nginx-light)");
  }

  /** Kubernetes' command, which builds manifests without a cluster. */
  public static Path kubectl() {
    return program("kubectl", "kubectl");
  }

  /** Of systemd, which need not run. */
  public static Path systemdAnalyze() {
    return program("systemd-analyze", "systemd-analyze (Debian package systemd)");
  }

  private static Path program(String name, String product) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(product));
  }

  private static Path missing(String what) {
    String sentence = "This machine has no " + what + ", so these tests cannot run here.";
    return "true".equals(System.getenv("CI")) ? fail(sentence) : abort("Skipped: " + sentence);
  }
}
