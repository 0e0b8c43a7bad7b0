package io.toolgate.database;

import io.toolgate.Await;
import io.toolgate.FreePort;
import io.toolgate.product.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL server as an operator has one: Debian's, version 15, with TLS, on a free port. Only
 * for tests of the group "debian".
 */
public final class ExternalPostgres implements AutoCloseable {
  private static final String SUPERUSER_PASSWORD = "a@b:c/d e%f";
  private static final int NOBODY = 65534;

  private final Path programs = Requires.postgres();
  private final Path folder;
  private final Path cluster;
  private final int port = FreePort.next();
  private Process server;

  /** Makes the server's files; {@link #start} starts it. */
  public ExternalPostgres() throws Exception {
    folder = Files.createTempDirectory("toolgate-external");
    cluster = folder.resolve("cluster");
    Files.writeString(folder.resolve("password"), SUPERUSER_PASSWORD);
    give(folder);
    run(
        programs.resolve("initdb").toString(),
        "--pgdata=" + cluster,
        "--username=admin",
        "--auth=scram-sha-256",
        "--pwfile=" + folder.resolve("password"),
        "--encoding=UTF8",
        "--locale=C");
    run(
        ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
                + " -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -out "
                + certificate()
                + " -keyout "
                + cluster.resolve("server.key"))
            .split(" "));
    give(folder);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** PostgreSQL does not run as root. */
  private static void give(Path tree) throws IOException {
    if (isRoot()) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.toList()) {
          Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
  }

  private static List<String> words(String... words) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    all.addAll(List.of(words));
    return all;
  }

  private void run(String... words) throws IOException, InterruptedException {
    Command done = Command.run(words(words), folder);
    if (done.failed()) {
      throw new AssertionError(done.output());
    }
  }

  public ExternalPostgres start() throws Exception {
    List<String> words =
        words(
            programs.resolve("postgres").toString(),
            "-D",
            cluster.toString(),
            "-p",
            "" + port,
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "ssl=on");
    server = Command.builder(words, folder).redirectOutput(folder.resolve("log").toFile()).start();
    Await.until(
        "PostgreSQL is ready",
        () -> Postmaster.of(cluster).filter(Postmaster::ready).isPresent() || !server.isAlive());
    if (!server.isAlive()) {
      throw new AssertionError(Files.readString(folder.resolve("log")));
    }
    return this;
  }

  public void stop() throws IOException, InterruptedException {
    run(
        programs.resolve("pg_ctl").toString(),
        "stop",
        "-m",
        "fast",
        "-w",
        "-D",
        cluster.toString());
    server.waitFor();
  }

  /** The superuser's address. */
  public DatabaseAddress admin(String database) {
    return address(database, "admin", SUPERUSER_PASSWORD);
  }

  /** Makes an ordinary role and a database of that name which it owns. */
  public DatabaseAddress newDatabase(String name) {
    Sql admin = new Sql(admin("postgres"));
    admin.run("CREATE ROLE " + name + " LOGIN PASSWORD '" + SUPERUSER_PASSWORD + "'");
    admin.run("CREATE DATABASE " + name + " OWNER " + name);
    return address(name, name, SUPERUSER_PASSWORD);
  }

  public DatabaseAddress address(String database, String user, String password) {
    return new DatabaseAddress("localhost", port, database, user, password, Map.of());
  }

  /** Of the server, self-signed. */
  Path certificate() {
    return cluster.resolve("server.crt");
  }

  @Override
  public void close() throws IOException {
    try {
      if (server != null && server.isAlive()) {
        stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    DataFolder.delete(folder);
  }
}
