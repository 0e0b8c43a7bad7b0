package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.database.DatabaseAddress;
import io.toolgate.database.ExternalPostgres;
import io.toolgate.database.Sql;
import io.toolgate.product.Answer;
import io.toolgate.product.Definition;
import io.toolgate.product.Product;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dumps and what comes back of them, with Toolgate running all the time. */
@Tag("debian")
class BackupIT {
  private static final String BACKUP = Path.of("deploy/backup/backup").toAbsolutePath().toString();
  private static final String RESTORE =
      Path.of("deploy/backup/restore").toAbsolutePath().toString();
  private static final String KEY = "the-main-key-0123456789";
  private static final String ENCRYPTION_KEY = "Vd0UyH8c1rYf3mXqP5nZk7LwTb2sGe9JaQ4oRi6Nx8E=";
  private static final String CLEAR = "norths-own-token";
  private static final String[] ANN = as("ann@example.org");
  private static final String[] BOB = as("bob@example.org");
  private static final Map<String, ?> SERVERS =
      Map.of(
          "s",
          Definition.of(Scripted.stdio().withoutOddTools()).with("env", Map.of("KEY", "${KEY}")));

  private static ExternalPostgres postgres;
  private static DatabaseAddress address;
  private static Sql sql;
  private static Product product;

  @TempDir private Path dumps;

  private static String[] as(String email) {
    return new String[] {"Authorization", "Bearer " + KEY, "X-OpenWebUI-User-Email", email};
  }

  private static Product serving(DatabaseAddress database) {
    return Product.serving(
        SERVERS,
        Map.of(
            "DATABASE_URL",
            database.uri(),
            "MCP_API_KEY",
            KEY,
            "KEY",
            "everybodys",
            "TOOLGATE_ENCRYPTION_KEY",
            ENCRYPTION_KEY));
  }

  @BeforeAll
  static void start() throws Exception {
    postgres = new ExternalPostgres().start();
    address = postgres.newDatabase("webui");
    sql = new Sql(address);
    // Of a deployment before Toolgate: it is moved, and a view is left.
    sql.run(
        "CREATE TABLE public.user_group_membership"
            + " (user_email text, group_name text, PRIMARY KEY (user_email, group_name))",
        "CREATE TABLE public.chat (id int PRIMARY KEY)");
    product = serving(address);
    product.await("bob is refused", () -> call(product, BOB).status() == 403);
    sql.run("INSERT INTO tenant_server_keys VALUES ('North', 's', 'KEY', '" + CLEAR + "')");
    product.await(
        "the credential is encrypted",
        () -> sql.run("SELECT key_value FROM tenant_server_keys").get(0).startsWith("tgenc:1:"));
  }

  @AfterAll
  static void stop() throws Exception {
    product.close();
    postgres.close();
  }

  @BeforeEach
  void seed() {
    sql.run(
        "BEGIN",
        "TRUNCATE mcp_proxy.user_group_membership, mcp_proxy.group_tenant_mapping,"
            + " mcp_proxy.group_tool_mapping, public.chat",
        "INSERT INTO mcp_proxy.user_group_membership VALUES ('ann@example.org', 'North')",
        "INSERT INTO mcp_proxy.group_tenant_mapping VALUES ('North', 's')",
        "INSERT INTO mcp_proxy.group_tool_mapping VALUES ('North', 's', 'environment', true)",
        "INSERT INTO public.chat VALUES (1)",
        "COMMIT");
    product.await(
        "ann is served one tool",
        () ->
            call(product, ANN).text().contains(CLEAR)
                && product.post("/s/pid", "{}", ANN).status() == 403);
  }

  private static Answer call(Product product, String... caller) {
    return product.post("/s/environment", "{}", caller);
  }

  /** What ann and bob are told and given, without what differs between any two answers. */
  private static List<String> answers(Product product) {
    return Stream.of(ANN, BOB)
        .flatMap(
            caller ->
                Stream.of(
                    call(product, caller).status()
                        + " "
                        + call(product, caller).json().path("KEY")
                        + call(product, caller).json().path("detail"),
                    product.post("/s/pid", "{}", caller).json().path("detail").asText(),
                    product.get("/openapi.json", caller).text(),
                    product.get("/tools", caller).text()))
        .toList();
  }

  private static Ran run(DatabaseAddress database, String... words) {
    return Ran.command(Map.of("DATABASE_URL", database.uri()), words);
  }

  private Path dump() {
    Ran ran = run(address, BACKUP, dumps.toString());
    assertEquals(0, ran.code(), ran.err());
    return Path.of(ran.out().strip().replaceFirst("^Wrote ", ""));
  }

  private static void restored(Ran ran) {
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().startsWith("Restored "), ran.out());
    assertEquals("", ran.err());
  }

  private static void refused(String sentence, Ran ran) {
    assertEquals(1, ran.code(), ran.out() + ran.err());
    assertTrue(ran.sentence().contains(sentence), ran.err());
    assertFalse((ran.out() + ran.err()).contains(address.password()), ran.err());
  }

  private TreeSet<String> files() throws IOException {
    try (Stream<Path> files = Files.list(dumps)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void aDroppedSchemaComesBackAndTheRunningToolgateAnswersAsBefore() throws Exception {
    List<String> before = answers(product);
    Path dump = dump();
    sql.run(
        "DELETE FROM mcp_proxy.user_group_membership",
        "INSERT INTO mcp_proxy.user_group_membership VALUES ('bob@example.org', 'North')");
    product.await("ann is refused", () -> call(product, ANN).status() == 403);
    sql.run("DROP SCHEMA mcp_proxy CASCADE");

    restored(run(address, RESTORE, dump.toString()));

    product.await("ann is served again", () -> call(product, ANN).status() == 200);
    assertEquals(before, answers(product));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(dump)));
    assertTrue(dump.getFileName().toString().matches("toolgate-\\d{4}-\\d\\d-\\d\\dT\\d{6}Z.dump"));
    assertEquals(
        List.of("ann@example.org"), sql.run("SELECT user_email FROM public.user_group_membership"));
    sql.run("DELETE FROM group_tenant_mapping");
    product.await("triggers tell as before", () -> call(product, ANN).status() == 403);
  }

  @Test
  void tablesAreReplacedOnlyWithYesAndThoseOfOthersOnlyWithAll() {
    Path dump = dump();
    sql.run("DELETE FROM group_tenant_mapping", "INSERT INTO public.chat VALUES (2)");

    refused("tables in postgresql://webui@localhost:", run(address, RESTORE, dump.toString()));
    assertEquals(List.of("0"), sql.run("SELECT count(*) FROM group_tenant_mapping"));

    restored(run(address, RESTORE, "--yes", dump.toString()));
    assertEquals(List.of("1"), sql.run("SELECT count(*) FROM group_tenant_mapping"));
    assertEquals(List.of("2"), sql.run("SELECT count(*) FROM public.chat"));

    refused("If that is meant, say --yes.", run(address, RESTORE, "--all", dump.toString()));
    restored(run(address, RESTORE, "--all", "--yes", dump.toString()));
    assertEquals(List.of("1"), sql.run("SELECT count(*) FROM public.chat"));
  }

  @Test
  void anotherServersEmptyDatabaseAnswersTheSameAfterAStart() {
    List<String> before = answers(product);
    Path dump = dump();
    DatabaseAddress empty = postgres.newDatabase("moved");

    restored(run(empty, RESTORE, "--all", dump.toString()));

    try (Product other = serving(empty)) {
      other.await("ann is served", () -> call(other, ANN).status() == 200);
      assertEquals(before, answers(other));
      // The role's search path is not in a dump.
      assertEquals(List.of("1"), new Sql(empty).run("SELECT count(*) FROM group_tenant_mapping"));
      assertEquals(List.of("1"), new Sql(empty).run("SELECT count(*) FROM public.chat"));
    }
  }

  @Test
  void whatOthersHaveMadeOnATableIsToldAndNothingIsChanged() {
    Path dump = dump();
    sql.run(
        "CREATE VIEW public.report AS SELECT * FROM mcp_proxy.group_tenant_mapping",
        "INSERT INTO mcp_proxy.group_tenant_mapping VALUES ('South', 's')");

    Ran ran = run(address, RESTORE, "--yes", dump.toString());

    refused("The dump could not be restored", ran);
    assertTrue(ran.err().contains("view report depends on"), ran.err());
    assertEquals(List.of("2"), sql.run("SELECT count(*) FROM group_tenant_mapping"));
    sql.run("DROP VIEW public.report");
  }

  @Test
  void aFileThatIsNoWholeDumpChangesNothing() throws IOException {
    Path dump = dump();
    byte[] whole = Files.readAllBytes(dump);
    Path cut = Files.write(dumps.resolve("cut"), Arrays.copyOf(whole, whole.length - 100));
    Path text = Files.writeString(dumps.resolve("text"), "no dump");

    refused("is no whole dump", run(address, RESTORE, "--yes", cut.toString()));
    refused("is no whole dump", run(address, RESTORE, "--yes", text.toString()));
    refused("There is no file", run(address, RESTORE, "--yes", dumps + "/absent"));

    assertEquals(List.of("1"), sql.run("SELECT count(*) FROM group_tenant_mapping"));
  }

  @Test
  void aWrongPasswordLeavesNoFileAndDeletesNone() throws IOException {
    Path old = old("toolgate-2020-01-01T000000Z.dump", 20);
    DatabaseAddress wrong = postgres.address("webui", "webui", "wrong");

    refused("The database could not be dumped", run(wrong, BACKUP, dumps.toString()));

    assertEquals(new TreeSet<>(List.of(old.getFileName().toString())), files());
  }

  @Test
  void aFullOrClosedFolderLeavesNoFile() throws IOException {
    String limited = "ulimit -f 1 && exec \"$@\"";

    refused(
        "The database could not be dumped",
        run(address, "sh", "-c", limited, "sh", BACKUP, dumps.toString()));
    refused("Nothing can be written in /proc.", run(address, BACKUP, "/proc"));
    refused("There is no folder", run(address, BACKUP, dumps + "/absent"));

    assertEquals(new TreeSet<>(), files());
  }

  @Test
  void aDatabaseWithoutToolgatesTablesIsNotDumped() throws IOException {
    DatabaseAddress other = postgres.newDatabase("other");

    refused("There are no tables of Toolgate", run(other, BACKUP, dumps.toString()));

    assertEquals(new TreeSet<>(), files());
  }

  private Path old(String name, int days) throws IOException {
    Path file = Files.writeString(dumps.resolve(name), "");
    Instant then = Instant.now().minus(Duration.ofDays(days)).plusSeconds(60);
    return Files.setLastModifiedTime(file, FileTime.from(then));
  }

  @Test
  void dumpsOlderThanTheDaysAreDeletedAndNothingElse() throws IOException {
    old("toolgate-2020-01-01T000000Z.dump", 5);
    old("toolgate-2020-01-02T000000Z.dump", 4);
    old(".toolgate-2020-01-01T000000Z.dump.part", 9);
    old("mine.dump", 9);

    Ran first = run(address, BACKUP, dumps.toString(), "4");

    assertEquals(0, first.code(), first.err());
    assertEquals(3, files().size(), files().toString());
    assertTrue(files().containsAll(List.of("mine.dump", "toolgate-2020-01-02T000000Z.dump")));
    Path newest = Path.of(run(address, BACKUP, dumps.toString(), "0").out().split("[ \n]")[1]);
    assertTrue(Files.exists(newest));
  }

  /** A pg_dump that tells what it is given, and fails. */
  private Map<String, String> telling(String url) throws IOException {
    Path program =
        Files.writeString(
            dumps.resolve("pg_dump"), "#!/bin/sh\necho \"$*\"; echo \"[$PGPASSWORD]\"; exit 1\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Map.of("DATABASE_URL", url, "PATH", dumps + ":" + System.getenv("PATH"));
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://me:a%40b%25%c3%bc%5C@db:1/app, me@db:1/app, a@b%ü\\",
    "postgres://me:p@ss:w*rd@db/app?sslmode=require&schema=x, me@db/app?sslmode=require, p@ss:w*rd",
    "jdbc:postgresql://db/app?user=me&password=a+b%2Bc&loginTimeout=3&options=-c%20x, "
        + "db/app?user=me&options=-c%20x, a b+c",
    "postgresql://me@[::1]:1/app, me@[::1]:1/app, ''",
  })
  void noWordOfACommandHoldsThePassword(String url, String shown, String password)
      throws IOException {
    Ran ran = Ran.command(telling(url), BACKUP, dumps.toString());

    String[] told = ran.out().split("\n");
    assertTrue(told[0].endsWith(" --dbname=postgresql://" + shown), ran.out());
    assertEquals("[" + password + "]", told[1]);
  }

  @ParameterizedTest
  @CsvSource({
    "mysql://me:secret@db/app, must begin with postgresql://",
    "postgresql://me:secret%4@db/app, a % that two hexadecimal digits do not follow",
    "postgresql://me:secret%00@db/app, cannot hold %00",
  })
  void anAddressThatIsNoneIsToldWithoutIt(String url, String sentence) throws IOException {
    Ran ran = Ran.command(telling(url), BACKUP, dumps.toString());

    refused(sentence, ran);
    assertFalse((ran.out() + ran.err()).contains("secret"), ran.err());
  }

  @Test
  void theAddressMayStandInAFile() throws IOException {
    Path file = Files.writeString(dumps.resolve("url"), address.uri() + "\n");

    Ran ran =
        Ran.command(Map.of("DATABASE_URL_FILE", file.toString()), BACKUP, dumps.toString(), "3");

    assertEquals(0, ran.code(), ran.err());
    refused(
        "which cannot be read.",
        Ran.command(Map.of("DATABASE_URL_FILE", "/absent"), BACKUP, dumps.toString()));
  }
}
