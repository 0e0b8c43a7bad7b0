package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.database.ExternalPostgres;
import io.toolgate.database.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The product and its database, embedded and external. */
class DatabaseIT {
  private static final String[] NO_SERVERS = {"--", "true"};

  private record Finished(int code, String out, String err) {}

  private static Finished run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("toolgate", ".out");
    Path err = Files.createTempFile("toolgate", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
    List.of("DATABASE_URL", "DATABASE_URL_FILE", "DATA_DIR").forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    Finished finished = new Finished(code, Files.readString(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return finished;
  }

  private static Finished databaseUrl(Path data) throws IOException, InterruptedException {
    return run(Map.of(), "./toolgate", "db-url", "--data", data.toString());
  }

  private static boolean ready(Product product) {
    return product.get("/q/health/ready").status() == 200;
  }

  private static String database(Product product) {
    return product.get("/health").json().path("database").asText();
  }

  private static Product launch(Path folder) {
    return Product.launch(folder, Map.of(), List.of(NO_SERVERS));
  }

  @Test
  void aGroupsCredentialIsEncryptedAndLoggedNowhere() throws Exception {
    Path folder = Files.createTempDirectory("toolgate-product");
    Map<String, String> key =
        Map.of("TOOLGATE_ENCRYPTION_KEY", "Vd0UyH8c1rYf3mXqP5nZk7LwTb2sGe9JaQ4oRi6Nx8E=");
    try (Product product = Product.launch(folder, key, List.of(NO_SERVERS))) {
      Sql sql = product.sql();

      sql.run("INSERT INTO tenant_server_keys VALUES ('dev', 'github', 'TOKEN', 'ghp_Secret')");

      product.await(
          "it is encrypted",
          () -> sql.run("SELECT key_value FROM tenant_server_keys").get(0).startsWith("tgenc:1:"));
      assertFalse(String.join("\n", product.log()).contains("ghp_Secret"));
    }
  }

  @Test
  void theFirstStartMakesADatabaseThatPsqlReaches() throws Exception {
    Path folder = Files.createTempDirectory("toolgate-product");
    try (Product product = launch(folder)) {
      product.await("the database is ready", () -> database(product).equals("ready"));

      Finished url = databaseUrl(product.data());
      Finished psql =
          run(
              Map.of(),
              "psql",
              url.out().strip(),
              "-At",
              "-c",
              "SELECT * FROM group_tenant_mapping");

      assertEquals("embedded", product.get("/health").json().path("database_kind").asText());
      product.await("it is ready", () -> ready(product));
      assertEquals("", url.err());
      assertEquals(0, psql.code(), psql.err());
      assertTrue(psql.out().contains("MCP-GitHub|github|"), psql.out());
      assertEquals(
          List.of(),
          product.log().stream()
              .filter(line -> line.matches(".*(WARN|ERROR) .*") && !line.contains(" upstream "))
              .toList());
    }
  }

  @Test
  void whoAsksForADatabaseThatIsStillStartingWaitsForIt() throws Exception {
    Path folder = Files.createTempDirectory("toolgate-product");
    Path groups =
        Files.writeString(folder.resolve("groups.sql"), "SELECT * FROM group_tenant_mapping;");
    try (Product product = launch(folder)) {
      product.await(
          "it has the folder", () -> Files.exists(product.data().resolve("postgres.lock")));

      Finished sql =
          run(Map.of(), "./toolgate", "sql", groups.toString(), "--data", "" + product.data());

      assertEquals(0, sql.code(), sql.err());
      assertEquals("toolgate: the database is still starting; waiting for it ...\n", sql.err());
      assertTrue(sql.out().contains("MCP-GitHub"), sql.out());
      assertTrue(databaseUrl(product.data()).out().startsWith("postgresql://toolgate:"));
    }
  }

  @Test
  void sqlAndDumpNeedNoClientOfPostgres() throws Exception {
    Path folder = Files.createTempDirectory("toolgate-product");
    try (Product product = Product.launch(Map.of(), NO_SERVERS)) {
      product.await("the database is ready", () -> database(product).equals("ready"));
      String data = "" + product.data();
      Path dump = folder.resolve("dump.sql");
      Path grant =
          Files.writeString(
              folder.resolve("grant.sql"),
              "INSERT INTO group_tenant_mapping VALUES ('Größe', 's');\nSELECT 1 AS one;\n");
      Path wrong =
          Files.writeString(folder.resolve("wrong.sql"), "SELECT 1;\n\nSELECT * FROM nowhere;\n");

      Finished granted = run(Map.of(), "./toolgate", "sql", "" + grant, "--data", data);
      Finished refused = run(Map.of(), "./toolgate", "sql", "" + wrong, "--data", data);
      Finished dumped = run(Map.of(), "./toolgate", "dump", "--data", data);
      Files.writeString(dump, dumped.out());
      product.sql().run("DELETE FROM group_tenant_mapping");
      Finished restored =
          run(Map.of(), "sh", "-c", "./toolgate sql --data \"$0\" <\"$1\"", data, "" + dump);

      assertEquals("INSERT 1\n one\n-----\n   1\n(1 row)\n", granted.out(), granted.err());
      assertEquals(1, refused.code());
      assertTrue(refused.err().contains("wrong.sql, line 3: relation \"nowhere\""), refused.err());
      assertEquals(0, dumped.code(), dumped.err());
      assertEquals(0, restored.code(), restored.err());
      assertEquals(
          List.of("Größe", "MCP-Filesystem", "MCP-GitHub"),
          product.sql().run("SELECT group_name FROM group_tenant_mapping ORDER BY 1"));
    }
  }

  @Test
  void databaseUrlSaysThatNoToolgateRuns() throws Exception {
    Finished url = databaseUrl(Path.of("/no/such/folder"));

    assertEquals(1, url.code());
    assertEquals("", url.out());
    assertEquals(
        "toolgate: No Toolgate runs with an embedded database in /no/such/folder."
            + " Start it first, or name its folder with --data.\n",
        url.err());
  }

  @Test
  void databaseUrlWritesAConfiguredAddressForPsql() throws Exception {
    Finished url =
        run(
            Map.of("DATABASE_URL", "jdbc:postgresql://db/app?user=me&password=a%40$${b}"),
            "./toolgate",
            "db-url");

    assertEquals("postgresql://me:a%40%24%24%7Bb%7D@db:5432/app\n", url.out());
  }

  @Test
  void aKilledProductLeavesADatabaseThatTheNextStartRecovers() throws Exception {
    Path folder = Files.createTempDirectory("toolgate-product");
    Product killed = launch(folder);
    killed.await("the database is ready", () -> database(killed).equals("ready"));
    String url = databaseUrl(killed.data()).out().strip();
    run(Map.of(), "psql", url, "-c", "INSERT INTO group_tenant_mapping VALUES ('g', 's')");
    killed.kill();

    try (Product next = launch(folder)) {
      next.await("the database is ready", () -> database(next).equals("ready"));

      Finished psql =
          run(
              Map.of(),
              "psql",
              databaseUrl(next.data()).out().strip(),
              "-Atc",
              "SELECT tenant_id FROM group_tenant_mapping WHERE group_name = 'g'");
      assertEquals("s\n", psql.out());
    }
  }

  @Test
  void aSecondProductOnTheSameFolderIsRefused() throws Exception {
    Path folder = Files.createTempDirectory("toolgate-product");
    try (Product first = launch(folder)) {
      first.await("the database is ready", () -> database(first).equals("ready"));

      Product second = launch(folder);

      assertEquals(1, second.process().waitFor());
      assertTrue(
          String.join("\n", second.log()).contains("Another Toolgate runs with the data folder"));
      assertEquals("ready", database(first));
    }
  }

  @Test
  void endingTheProductEndsTheServer() throws Exception {
    Product product = Product.with(NO_SERVERS);
    product.await("the database is ready", () -> database(product).equals("ready"));
    long server =
        Long.parseLong(
            Files.readAllLines(product.data().resolve("postgres/postmaster.pid")).get(0));

    product.close();

    assertTrue(ProcessHandle.of(server).isEmpty());
  }

  @Test
  void aStartThatFailsLaterEndsTheServer() throws Exception {
    try (Product first = Product.with(NO_SERVERS)) {
      List<String> words = new ArrayList<>(List.of("--port", first.url().replaceAll(".*:", "")));
      words.addAll(List.of(NO_SERVERS));

      Product second = Product.launch(Map.of(), words.toArray(String[]::new));

      assertEquals(1, second.process().waitFor());
      assertFalse(Files.exists(second.data().resolve("postgres/postmaster.pid")));
    }
  }

  @Test
  void aBrokenAddressEndsTheStartAndIsNotShown() throws Exception {
    Product product =
        Product.launch(Map.of("DATABASE_URL", "postgresql://me:secret@db:port/app"), NO_SERVERS);

    assertEquals(1, product.process().waitFor());
    String log = String.join("\n", product.log());
    assertTrue(log.contains("DATABASE_URL has no number from 1 to 65535 as port."), log);
    assertFalse(log.contains("secret"), log);
  }

  @Test
  @Tag("debian")
  void aDatabaseMayComeLateAndGoAndComeBack() throws Exception {
    try (ExternalPostgres postgres = new ExternalPostgres()) {
      String url = postgres.admin("postgres").uri();
      try (Product product = Product.launch(Map.of("DATABASE_URL", url), NO_SERVERS)) {
        assertEquals("waiting", database(product));
        assertEquals("external", product.get("/health").json().path("database_kind").asText());
        assertFalse(ready(product));

        postgres.start();

        product.await("the database is ready", () -> database(product).equals("ready"));
        product.await("it is ready", () -> ready(product));
        assertEquals(
            List.of("2"),
            new Sql(postgres.admin("postgres")).run("SELECT count(*) FROM group_tenant_mapping"));

        postgres.stop();
        product.await("the database is down", () -> database(product).equals("down"));
        assertEquals("degraded", product.get("/health").json().path("status").asText());
        postgres.start();
        product.await("the database is ready again", () -> database(product).equals("ready"));
      }
    }
  }
}
