package io.toolgate.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The embedded PostgreSQL's files, and the commands that make, start and stop a server on them.
 *
 * <p>Invariant: {@link DataFolder#cluster} is complete or absent. The only role that can connect is
 * {@value #ROLE}, which owns the database of that name and is no superuser; the superuser has no
 * password and is reached only by PostgreSQL's single-user mode.
 */
record PostgresCluster(DataFolder folder, PostgresPrograms programs, ServerAccount account) {
  static final String ROLE = "toolgate";
  private static final String SUPERUSER = "postgres";

  /**
   * Small, durable, on loopback only; errors, which may hold values of rows, go to clients only.
   */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "password_encryption=scram-sha-256",
          "max_connections=60",
          "shared_buffers=48MB",
          "max_wal_size=256MB",
          "io_method=sync",
          "jit=off",
          "logging_collector=off",
          "log_destination=stderr",
          "log_checkpoints=off",
          "log_min_messages=log",
          "log_error_verbosity=terse",
          "log_statement=none",
          "log_min_duration_statement=-1",
          "log_parameter_max_length_on_error=0",
          "log_min_error_statement=panic");

  /** Who may connect: {@code pg_hba.conf}. */
  private static final String ACCESS =
      "# TYPE DATABASE USER ADDRESS METHOD\nhost all " + ROLE + " 127.0.0.1/32 scram-sha-256\n";

  /**
   * @throws ConfigurationException when another major version made the files
   */
  void requireReadable() throws IOException {
    Path version = folder.cluster().resolve("PG_VERSION");
    if (Files.notExists(version)) {
      return;
    }
    String found = Files.readString(version).strip();
    if (!found.equals(PostgresPrograms.major())) {
      throw new ConfigurationException(
          "The database in "
              + folder.cluster()
              + " was made by PostgreSQL "
              + found
              + ", but this Toolgate has PostgreSQL "
              + PostgresPrograms.major()
              + ". Dump it with the Toolgate that made it (pg_dump), move the folder away, start, and load the dump.");
    }
  }

  boolean exists() {
    return Files.exists(folder.cluster());
  }

  /** Makes it with its role and database. */
  void create(String password) throws IOException, InterruptedException {
    Path part = folder.path().resolve("postgres.part");
    DataFolder.delete(part);
    Files.createDirectory(part);
    account.own(part);
    check(
        Command.run(
            account.command(
                programs.program("initdb"),
                "--pgdata=" + part,
                "--username=" + SUPERUSER,
                "--auth=reject",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"),
            folder.path()));
    Files.writeString(part.resolve("pg_hba.conf"), ACCESS);
    execute(
        part,
        "CREATE ROLE " + ROLE + " LOGIN " + passwordClause(password),
        "CREATE DATABASE " + ROLE + " OWNER " + ROLE);
    Files.move(part, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** While no server runs. */
  void changePassword(String password) throws IOException, InterruptedException {
    execute(folder.cluster(), "ALTER ROLE " + ROLE + " " + passwordClause(password));
  }

  private static String passwordClause(String password) {
    return "PASSWORD '" + password + "'";
  }

  private void execute(Path cluster, String... statements)
      throws IOException, InterruptedException {
    List<String> words =
        account.command(
            programs.program("postgres"),
            "--single",
            "-D",
            cluster.toString(),
            "-c",
            "log_min_error_statement=panic",
            SUPERUSER);
    Command done = Command.run(words, folder.path(), String.join("\n", statements) + "\n");
    check(done.output().contains("ERROR:") ? new Command(1, done.output()) : done);
  }

  private static void check(Command command) throws IOException {
    if (command.failed()) {
      throw new IOException(
          command
              .output()
              .lines()
              .filter(line -> line.matches("(?i).*\\b(error|fatal|panic|hint):.*"))
              .collect(Collectors.joining(" ")));
    }
  }

  /**
   * Stops a server that outlived the Toolgate that started it. A {@code postmaster.pid} that names
   * a process of somebody else, as after a restart of the machine, is deleted: PostgreSQL would
   * take that process for a server. The caller holds the folder's lock.
   */
  void stopLeftover() throws IOException, InterruptedException {
    Optional<Postmaster> found = Postmaster.of(folder.cluster());
    if (found.isEmpty()) {
      return;
    }
    switch (found.get().holder(folder.cluster())) {
      case NOBODY -> {}
      case STRANGER -> Files.deleteIfExists(folder.cluster().resolve("postmaster.pid"));
      case SERVER -> {
        if (!stop()) {
          throw new IOException("process " + found.get().pid() + " on its files does not stop");
        }
      }
      case UNCLEAR ->
          throw new IOException(
              "process " + found.get().pid() + " seems to be a PostgreSQL on its files; end it");
    }
  }

  /** Whether the server with this process number accepts connections. */
  boolean isReady(long pid) throws IOException {
    return Postmaster.of(folder.cluster())
        .filter(server -> server.pid() == pid && server.ready())
        .isPresent();
  }

  /** A server that does not end when a terminal tells Toolgate to. */
  ProcessBuilder server(int port) {
    String ownSession = Files.isExecutable(Path.of("/usr/bin/setsid")) ? "/usr/bin/setsid" : "env";
    List<String> words =
        account.command(
            ownSession,
            programs.program("postgres"),
            "-D",
            folder.cluster().toString(),
            "-p",
            Integer.toString(port));
    Stream<String> settings = SETTINGS.stream().flatMap(setting -> Stream.of("-c", setting));
    return Command.builder(Stream.concat(words.stream(), settings).toList(), folder.path());
  }

  /**
   * Stops the server that runs, and waits for it.
   *
   * @return whether it ended
   */
  boolean stop() throws IOException, InterruptedException {
    return stop("fast", 15) || stop("immediate", 5);
  }

  private boolean stop(String mode, int seconds) throws IOException, InterruptedException {
    return !Command.run(
            account.command(
                programs.program("pg_ctl"),
                "stop",
                "--silent",
                "--wait",
                "--timeout=" + seconds,
                "--mode=" + mode,
                "--pgdata=" + folder.cluster()),
            folder.path())
        .failed();
  }
}
