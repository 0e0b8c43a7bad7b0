package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("debian")
class ExternalPostgresTest {
  private static ExternalPostgres server;
  private static Vertx vertx;

  @BeforeAll
  static void start() throws Exception {
    server = new ExternalPostgres().start();
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
      server.close();
    }
  }

  private static Migrations.Outcome migrate(DatabaseAddress address) {
    return new Migrations(address).run();
  }

  private static DatabaseAddress with(DatabaseAddress address, Map<String, String> parameters) {
    return new DatabaseAddress(
        address.host(),
        address.port(),
        address.database(),
        address.user(),
        address.password(),
        parameters);
  }

  private static String reactively(DatabaseAddress address) throws Exception {
    PgConnection connection =
        Await.result(PgConnection.connect(vertx, address.connectOptions()).toCompletionStage());
    try {
      return Await.result(
              connection
                  .query("SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                  .execute()
                  .toCompletionStage())
          .iterator()
          .next()
          .getString(0);
    } finally {
      connection.close();
    }
  }

  @Test
  void anOrdinaryRoleIsEnough() {
    DatabaseAddress address = server.newDatabase("ordinary");

    assertEquals(new Migrations.Outcome.Done(), migrate(address));

    assertEquals(List.of("2"), new Sql(address).run("SELECT count(*) FROM group_tenant_mapping"));
  }

  @Test
  void othersKeepWhatTheyMayDoWithATableThatIsMoved() {
    DatabaseAddress address = server.newDatabase("shared");
    DatabaseAddress reader = server.newDatabase("reader");
    new Sql(address)
        .run(
            "CREATE TABLE public.user_group_membership (user_email text, group_name text,"
                + " created_at timestamp, PRIMARY KEY (user_email, group_name))",
            "INSERT INTO public.user_group_membership VALUES ('ann@example.com', 'g', now())",
            "GRANT SELECT ON public.user_group_membership TO reader");

    migrate(address);

    assertEquals(
        List.of("ann@example.com|g"),
        new Sql(server.address("shared", "reader", reader.password()))
            .run("SELECT user_email, group_name FROM user_group_membership"));
  }

  /** Triggers run for whoever writes, who may have no right to the schema they are in. */
  @Test
  void anOrdinaryRoleWritesThroughTheViewsInPublicAndIntoTables() {
    DatabaseAddress address = server.newDatabase("written");
    DatabaseAddress writer = server.newDatabase("writer");
    new Sql(address)
        .run(
            "CREATE TABLE public.user_group_membership (user_email text, group_name text,"
                + " created_at timestamp, PRIMARY KEY (user_email, group_name))",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON public.user_group_membership TO writer");
    migrate(address);
    new Sql(address).run("GRANT INSERT ON mcp_proxy.user_tenant_access TO writer");
    Sql asWriter = new Sql(server.address("written", "writer", writer.password()));

    asWriter.run(
        "INSERT INTO public.user_group_membership (user_email, group_name) VALUES ('ANN@example.com', 'g')",
        "INSERT INTO public.user_group_membership (user_email, group_name) VALUES (' ann@example.com', 'g')"
            + " ON CONFLICT DO NOTHING",
        "UPDATE public.user_group_membership SET user_email = 'Bob@example.com'");

    assertEquals(
        List.of("bob@example.com|g"),
        asWriter.run("SELECT user_email, group_name FROM public.user_group_membership"));
    new Sql(address).run("GRANT USAGE ON SCHEMA mcp_proxy TO writer");
    asWriter.run("INSERT INTO mcp_proxy.user_tenant_access VALUES ('ANN@example.com', 's')");
    assertEquals(
        List.of("ann@example.com"),
        new Sql(address).run("SELECT user_email FROM user_tenant_access"));
  }

  @Test
  void saysWhichRightIsMissing() {
    DatabaseAddress owner = server.newDatabase("strict");
    new Sql(server.admin("strict")).run("REVOKE ALL ON DATABASE strict FROM PUBLIC, strict");
    new Sql(server.admin("strict")).run("ALTER DATABASE strict OWNER TO admin");
    new Sql(server.admin("strict")).run("GRANT CONNECT ON DATABASE strict TO strict");

    Migrations.Outcome outcome = migrate(owner);

    assertTrue(
        assertInstanceOf(Migrations.Outcome.Refused.class, outcome)
            .reason()
            .contains("permission denied for database strict"),
        outcome.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefer", "require", "verify-ca", "verify-full"})
  void encryptsAsAsked(String mode) throws Exception {
    Map<String, String> parameters =
        mode.startsWith("verify")
            ? Map.of("sslmode", mode, "sslrootcert", server.certificate().toString())
            : Map.of("sslmode", mode);
    DatabaseAddress address = with(server.admin("postgres"), parameters);

    assertEquals("true", reactively(address));
    assertEquals(
        List.of("t"),
        new Sql(address).run("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
  }

  @Test
  void doesNotEncryptWhenAskedNotTo() throws Exception {
    assertEquals("false", reactively(with(server.admin("postgres"), Map.of("sslmode", "disable"))));
  }

  @Test
  void refusesAnUnknownCertificate(@TempDir Path folder) throws Exception {
    Path other = folder.resolve("other.crt");
    Command made =
        Command.run(
            List.of(
                ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=x"
                        + " -keyout other.key -out other.crt")
                    .split(" ")),
            folder);
    assertTrue(Files.exists(other), made.output());
    DatabaseAddress address =
        with(
            server.admin("postgres"),
            Map.of("sslmode", "verify-ca", "sslrootcert", other.toString()));

    assertInstanceOf(Migrations.Outcome.class, migrate(address));
    assertEquals(
        "refused",
        Await.result(
            PgConnection.connect(vertx, address.connectOptions())
                .map("connected")
                .otherwise("refused")
                .toCompletionStage()));
  }
}
