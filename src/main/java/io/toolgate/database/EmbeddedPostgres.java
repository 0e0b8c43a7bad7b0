package io.toolgate.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL server of our own, for those who have none, in Toolgate's data folder.
 *
 * <p>Invariant: one process per data folder has it, which a lock ensures; a server that outlived
 * its Toolgate is stopped before a new one starts, and nothing else is. Commits are durable. A
 * server that dies is started again.
 *
 * <p>Threading: one thread of its own makes, starts, watches and at the end stops the server.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("database");
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LOOK_MILLIS = 10;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration STEADY = Duration.ofMinutes(1);

  private final FileChannel lock;
  private final PostgresCluster cluster;
  private final DatabaseAddress address;
  private final boolean passwordIsNew;
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread supervisor = new Thread(this::supervise, "postgres");

  private EmbeddedPostgres(FileChannel lock, PostgresCluster cluster)
      throws IOException, InterruptedException {
    this.lock = lock;
    this.cluster = cluster;
    DataFolder folder = cluster.folder();
    Optional<String> kept = folder.password();
    this.passwordIsNew = kept.isEmpty();
    String password = kept.isPresent() ? kept.get() : folder.newPassword();
    this.address = address(port(cluster), password);
    supervisor.setDaemon(true);
  }

  /**
   * Takes the folder and settles the address; no server runs yet.
   *
   * @param data Toolgate's data folder, which exists
   * @throws ConfigurationException with a sentence, when a server cannot run here
   */
  public static EmbeddedPostgres in(Path data) {
    PostgresPrograms.requirePlatform();
    FileChannel lock = null;
    try {
      DataFolder folder = new DataFolder(data.toRealPath());
      lock =
          folder
              .take()
              .orElseThrow(
                  () ->
                      new ConfigurationException(
                          "Another Toolgate runs with the data folder "
                              + data
                              + ". End it, or choose another folder with --data or DATA_DIR."));
      ServerAccount account = ServerAccount.find(folder.path());
      PostgresCluster cluster = new PostgresCluster(folder, PostgresPrograms.in(folder), account);
      cluster.requireReadable();
      return new EmbeddedPostgres(lock, cluster);
    } catch (IOException e) {
      release(lock);
      throw new ConfigurationException(
          "The embedded database in " + data + " cannot be used: " + e.getMessage());
    } catch (InterruptedException e) {
      release(lock);
      Thread.currentThread().interrupt();
      throw new ConfigurationException("Interrupted while looking for the embedded database");
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  /**
   * The address of the server that runs in a data folder, whoever started it.
   *
   * @return empty where none runs
   */
  public static Optional<DatabaseAddress> running(Path data) throws IOException {
    if (Files.notExists(data)) {
      return Optional.empty();
    }
    DataFolder folder = new DataFolder(data.toRealPath());
    Optional<Postmaster> server =
        Postmaster.of(folder.cluster()).filter(found -> found.process().isPresent());
    if (server.isEmpty() || !server.get().ready()) {
      return Optional.empty();
    }
    return folder.password().map(password -> address(server.get().port(), password));
  }

  /** Whether a Toolgate runs with a data folder, although its server may not be ready yet. */
  static boolean isTaken(Path data) throws IOException {
    return Files.exists(data) && new DataFolder(data.toRealPath()).isTaken();
  }

  private static DatabaseAddress address(int port, String password) {
    return new DatabaseAddress(
        LOOPBACK, port, PostgresCluster.ROLE, PostgresCluster.ROLE, password, Map.of());
  }

  /** The one kept from before, if it is free or held by the server we are going to replace. */
  private static int port(PostgresCluster cluster) throws IOException {
    Optional<Integer> kept = cluster.folder().port();
    if (kept.isPresent()) {
      Optional<Postmaster> before = Postmaster.of(cluster.folder().cluster());
      boolean ours =
          before.isPresent()
              && before.get().port() == kept.get()
              && before.get().holder(cluster.folder().cluster()) == Postmaster.Holder.SERVER;
      if (ours || isFree(kept.get())) {
        return kept.get();
      }
    }
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      cluster.folder().keepPort(any.getLocalPort());
      return any.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(LOOPBACK, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public DatabaseAddress address() {
    return address;
  }

  /** Starts the server in the background. */
  public void start() {
    supervisor.start();
  }

  /** Waits until the server has been ready once. */
  public void awaitReady() throws InterruptedException {
    ready.await();
  }

  private void supervise() {
    try {
      while (closed.getCount() > 0) {
        try {
          prepare();
          run();
        } catch (IOException e) {
          LOG.errorf("The embedded PostgreSQL cannot be started: %s", e.getMessage());
        }
        closed.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void prepare() throws IOException, InterruptedException {
    cluster.programs().unpack();
    if (!cluster.exists()) {
      LOG.info("Making an embedded PostgreSQL in the data folder");
      cluster.create(address.password());
      return;
    }
    cluster.account().own(cluster.folder().cluster());
    cluster.stopLeftover();
    if (passwordIsNew && ready.getCount() > 0) {
      cluster.changePassword(address.password());
    }
  }

  private void run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    BoundedLog log = new BoundedLog(cluster.folder().log());
    Process server = cluster.server(address.port()).start();
    Thread copier = new Thread(() -> log.copy(server.getInputStream()), "postgres-log");
    copier.setDaemon(true);
    copier.start();
    try {
      server.getOutputStream().close();
      while (server.isAlive() && !cluster.isReady(server.pid())) {
        closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (server.isAlive()) {
        LOG.infof("Embedded PostgreSQL ready, %.1f s", (System.nanoTime() - start) / 1e9);
        ready.countDown();
      }
      server.waitFor();
      copier.join(TimeUnit.SECONDS.toMillis(1));
      LOG.errorf(
          "The embedded PostgreSQL ended (%d)%s; it is started again. Its log: %s",
          server.exitValue(),
          log.lastFailure().isEmpty() ? "" : ": " + log.lastFailure(),
          cluster.folder().log());
      if (Duration.ofNanos(System.nanoTime() - start).compareTo(STEADY) > 0) {
        backoff.reset();
      }
    } catch (InterruptedException e) {
      stop(server);
      throw e;
    }
  }

  private void stop(Process server) throws IOException {
    try {
      if (server.isAlive() && !cluster.stop() && server.isAlive()) {
        LOG.warn("The embedded PostgreSQL did not stop in time; it recovers at the next start");
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      server.destroy();
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the server, waits for it, and gives the folder free. */
  @Override
  public void close() {
    closed.countDown();
    supervisor.interrupt();
    try {
      supervisor.join(STOP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    release(lock);
  }

  private static void release(FileChannel lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      // The end of the process releases it.
    }
  }
}
