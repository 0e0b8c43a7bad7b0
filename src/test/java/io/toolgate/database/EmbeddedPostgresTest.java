package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.toolgate.Await;
import io.toolgate.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {
  private Path data;
  private EmbeddedPostgres postgres;

  @BeforeEach
  void folder() throws Exception {
    data = DatabaseFolder.create();
  }

  @AfterEach
  void stop() {
    if (postgres != null) {
      postgres.close();
    }
  }

  private Sql start() throws InterruptedException {
    postgres = EmbeddedPostgres.in(data);
    postgres.start();
    postgres.awaitReady();
    return new Sql(postgres.address());
  }

  private Sql startWithRow() throws InterruptedException {
    Sql sql = start();
    sql.run("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (42)");
    return sql;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private long server() throws IOException {
    return Postmaster.of(data.resolve("postgres")).orElseThrow().pid();
  }

  @Test
  void isDurableSmallAndOnLoopbackWithUtf8() throws Exception {
    Sql sql = start();

    assertEquals(
        List.of("on|on|127.0.0.1|UTF8|scram-sha-256"),
        sql.run(
            "SELECT current_setting('fsync'), current_setting('synchronous_commit'),"
                + " current_setting('listen_addresses'),"
                + " current_setting('server_encoding'), current_setting('password_encryption')"));
    assertEquals(List.of("ÄÖ|äö"), sql.run("SELECT upper('äö'), lower('ÄÖ')"));
  }

  @Test
  void theRoleOwnsTheDatabaseAndIsNoSuperuser() throws Exception {
    assertEquals(
        List.of("toolgate|toolgate|f"),
        start()
            .run(
                "SELECT current_database(), datdba::regrole, rolsuper FROM pg_database, pg_roles"
                    + " WHERE datname = current_database() AND rolname = current_user"));
  }

  @Test
  void refusesOtherPasswords() throws Exception {
    DatabaseAddress address = start().address();
    Sql stranger =
        new Sql(
            new DatabaseAddress(
                address.host(),
                address.port(),
                address.database(),
                address.user(),
                "wrong",
                address.parameters()));

    assertTrue(
        assertThrows(AssertionError.class, () -> stranger.run("SELECT 1"))
            .getMessage()
            .contains("password authentication failed"));
  }

  @Test
  void onlyTheOwnerReadsThePassword() throws Exception {
    start();

    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(data.resolve("postgres-password"))));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("postgres"))));
  }

  @Test
  void theLogIsItsOwnersAndHoldsNoValueOfARow() throws Exception {
    Path log = data.resolve("postgres.log");
    Path before = data.resolve("postgres.log.1");
    for (Path old : List.of(log, before)) {
      Files.createFile(
          old, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    }
    Sql sql = start();
    sql.run("CREATE TABLE keys (value text NOT NULL CHECK (value <> 'hush'), id int)");

    for (String insert :
        List.of(
            "INSERT INTO keys VALUES ('hush', 1)",
            "INSERT INTO keys SELECT 'hush', 'hush'::int",
            "DO $$ BEGIN RAISE WARNING 'hush'; RAISE EXCEPTION 'hush'; END $$")) {
      assertThrows(AssertionError.class, () -> sql.run(insert));
    }
    postgres.close();

    assertFalse(Files.readString(log).contains("hush"), Files.readString(log));
    assertTrue(Files.readString(log).contains("shut down"), Files.readString(log));
    for (Path file : List.of(log, before)) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  @Test
  void aRestartKeepsRowsAndAddress() throws Exception {
    DatabaseAddress before = startWithRow().address();
    postgres.close();

    Sql after = start();

    assertEquals(before, after.address());
    assertEquals(List.of("42"), after.run("SELECT id FROM kept"));
  }

  @Test
  void takesAnotherPortWhenTheOldOneIsTaken() throws Exception {
    int before = startWithRow().address().port();
    postgres.close();
    try (ServerSocket taken = new ServerSocket(before, 1, InetAddress.getByName("127.0.0.1"))) {
      Sql after = start();

      assertNotEquals(taken.getLocalPort(), after.address().port());
      assertEquals(List.of("42"), after.run("SELECT id FROM kept"));
    }
  }

  @Test
  void stopsItsServer() throws Exception {
    start();
    long server = server();

    postgres.close();

    assertTrue(ProcessHandle.of(server).isEmpty());
    assertFalse(Files.exists(data.resolve("postgres/postmaster.pid")));
  }

  @Test
  void startsAKilledServerAgain() throws Exception {
    Sql sql = startWithRow();
    long first = server();

    ProcessHandle.of(first).orElseThrow().destroyForcibly();

    Await.until(
        "a new server is ready",
        () ->
            Postmaster.of(data.resolve("postgres"))
                .filter(server -> server.pid() != first && server.ready())
                .isPresent());
    assertEquals(List.of("42"), sql.run("SELECT id FROM kept"));
  }

  @Test
  void replacesTheServerOfAKilledProcess() throws Exception {
    EmbeddedChild child =
        EmbeddedChild.start(List.of(), System.getProperty("java.class.path"), data);
    new Sql(child.address()).run("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (42)");
    long orphan = server();
    child.kill();
    assertTrue(runs(orphan), "the server outlives its Toolgate");

    Sql sql = start();

    assertEquals(child.address(), sql.address());
    assertEquals(List.of("42"), sql.run("SELECT id FROM kept"));
    assertFalse(runs(orphan));
  }

  /** Not one that only its new parent has not taken notice of yet. */
  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  @Test
  void refusesAFolderThatAnotherHas() throws Exception {
    start();

    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> EmbeddedPostgres.in(data));

    assertTrue(refusal.getMessage().startsWith("Another Toolgate runs with the data folder "));
  }

  @Test
  void leavesAStrangerAloneThatHasTheOldNumber() throws Exception {
    startWithRow();
    String file = Files.readString(data.resolve("postgres/postmaster.pid"));
    postgres.close();
    Process stranger = new ProcessBuilder("sleep", "100").start();
    Files.writeString(
        data.resolve("postgres/postmaster.pid"), file.replaceFirst("\\d+", "" + stranger.pid()));

    Sql sql = start();

    assertEquals(List.of("42"), sql.run("SELECT id FROM kept"));
    assertTrue(stranger.isAlive());
    Await.end(stranger.destroyForcibly());
  }

  @Test
  void setsTheRolesPasswordAgainWhenItsFileIsLost() throws Exception {
    startWithRow();
    postgres.close();
    Files.delete(data.resolve("postgres-password"));

    assertEquals(List.of("42"), start().run("SELECT id FROM kept"));
  }

  @Test
  void refusesTheFilesOfAnotherMajorVersion() throws Exception {
    Files.writeString(data.resolve("postgres/PG_VERSION"), "15\n");

    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> EmbeddedPostgres.in(data));

    assertTrue(
        refusal
            .getMessage()
            .contains("was made by PostgreSQL 15, but this Toolgate has PostgreSQL 18"));
  }

  @Test
  void beginsAnewWhenTheFirstStartWasCutShort() throws Exception {
    data = DatabaseFolder.empty();
    Files.createDirectory(data.resolve("postgres.part"));
    Files.writeString(data.resolve("postgres.part/PG_VERSION"), "18\n");

    assertEquals(List.of("1"), start().run("SELECT 1"));
  }

  @Test
  void tellsTheAddressOfTheServerThatRuns() throws Exception {
    DatabaseAddress address = start().address();

    assertEquals(Optional.of(address), EmbeddedPostgres.running(data));

    postgres.close();
    assertEquals(Optional.empty(), EmbeddedPostgres.running(data));
  }

  @Test
  void runsForAnOrdinaryUser() throws Exception {
    assumeTrue(isRoot(), "all tests run as an ordinary user");
    List<String> nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    data = DatabaseFolder.empty();
    Files.setAttribute(data, "unix:uid", 65534);

    EmbeddedChild child = EmbeddedChild.start(nobody, readableClassPath(), data);

    assertEquals(List.of("1"), new Sql(child.address()).run("SELECT 1"));
    assertEquals(65534, Files.getAttribute(data.resolve("postgres"), "unix:uid"));
    child.process().getOutputStream().close();
    Await.end(child.process());
    assertFalse(Files.exists(data.resolve("postgres/postmaster.pid")));
  }

  /** A copy of the class path, which may stand in folders that only root can enter. */
  private String readableClassPath() throws IOException {
    Path copy = Files.createDirectory(data.resolve("classes"));
    StringBuilder path = new StringBuilder();
    int i = 0;
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path source = Path.of(element);
      if (Files.notExists(source)) {
        continue;
      }
      Path target = copy.resolve(i++ + "-" + source.getFileName());
      DatabaseFolder.copy(source, target);
      path.append(path.isEmpty() ? "" : File.pathSeparator).append(target);
    }
    return path.toString();
  }

  @Test
  void runsUnderAnotherAccountWhereRootHasNoNamespaces() throws Exception {
    assumeTrue(isRoot(), "the account is the own one");
    ServerAccount nobody =
        new ServerAccount(
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), 65534);
    DataFolder folder = new DataFolder(DatabaseFolder.empty());
    PostgresCluster cluster = new PostgresCluster(folder, PostgresPrograms.in(folder), nobody);

    cluster.create("secret");
    Process server = cluster.server(FreePort.next()).start();
    Await.until("ready", () -> cluster.isReady(server.pid()));

    assertTrue(cluster.stop());
    assertEquals(65534, Files.getAttribute(folder.cluster(), "unix:uid"));
  }

  @Test
  void handsTheFilesOverWhenTheAccountChanges() throws Exception {
    assumeTrue(isRoot(), "only root can");
    startWithRow();
    postgres.close();
    new ServerAccount(List.of(), 65534).own(data.resolve("postgres"));

    assertEquals(List.of("42"), start().run("SELECT id FROM kept"));
  }
}
