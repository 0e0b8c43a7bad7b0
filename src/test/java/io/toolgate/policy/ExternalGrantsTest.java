package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.Await;
import io.toolgate.database.DatabaseAddress;
import io.toolgate.database.DatabaseState;
import io.toolgate.database.ExternalPostgres;
import io.toolgate.database.Sql;
import io.toolgate.database.StartedDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An older deployment's database on a server of its own, which Open WebUI uses too. */
@Tag("debian")
class ExternalGrantsTest {
  private static final String[] OLD_DEPLOYMENT = {
    "CREATE TABLE public.user_group_membership (user_email varchar(255) NOT NULL, group_name varchar(255) NOT NULL,"
        + " created_at timestamp DEFAULT now(), PRIMARY KEY (user_email, group_name))",
    "CREATE TABLE public.group_tenant_mapping (group_name varchar(255) NOT NULL, tenant_id varchar(255) NOT NULL,"
        + " created_at timestamp DEFAULT now(), PRIMARY KEY (group_name, tenant_id))",
    "CREATE TABLE public.user_admin_status (user_email varchar(255) PRIMARY KEY, is_admin boolean DEFAULT false,"
        + " created_at timestamp DEFAULT now(), updated_at timestamp DEFAULT now())",
    "INSERT INTO public.user_group_membership VALUES ('admin@example.com', 'MCP-Admin'), ('Ann@Example.com', 'dev')",
    "INSERT INTO public.group_tenant_mapping VALUES ('dev', 'files')",
    "INSERT INTO public.user_admin_status VALUES ('admin@example.com', true), ('ann@example.com', NULL)",
    "CREATE TABLE public.\"user\" (id varchar PRIMARY KEY, email varchar, role varchar)",
    "INSERT INTO public.\"user\" VALUES ('1', 'ann@example.com', 'user')"
  };

  private ExternalPostgres server;
  private DatabaseAddress address;

  @BeforeEach
  void start() throws Exception {
    server = new ExternalPostgres().start();
    address = server.newDatabase("app");
    new Sql(address).run(OLD_DEPLOYMENT);
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void areThoseOfTheTakenOverTables() throws Exception {
    try (FollowedDatabase followed = FollowedDatabase.of(StartedDatabase.at(address))) {
      followed.awaitAnn("group dev", "files/read", "files/write");

      new Sql(address).run("INSERT INTO public.group_tenant_mapping VALUES ('dev', 'mail')");

      followed.awaitAnn("group dev", "files/read", "files/write", "mail/read", "mail/write");
      assertEquals(1, followed.current().state().warnings().size());
      assertEquals(
          List.of("1|ann@example.com|user"), new Sql(address).run("SELECT * FROM public.\"user\""));
    }
  }

  @Test
  void outliveAStoppedServerForTheAllowedTimeAndComeBackWithIt() throws Exception {
    try (FollowedDatabase followed =
        new FollowedDatabase(
            StartedDatabase.at(address), Duration.ofSeconds(4), Duration.ofSeconds(2))) {
      followed.awaitAnn("group dev", "files/read", "files/write");
      followed.started().await(DatabaseState.READY);

      server.stop();
      followed.started().await(DatabaseState.DOWN);
      Optional<Set<String>> atOnce = followed.ann();
      Await.until("access is unknown", () -> followed.ann().isEmpty());
      server.start();
      new Sql(address).run("UPDATE user_group_membership SET group_name = 'ops'");

      followed.awaitAnn("group ops");
      assertEquals(Optional.of(Set.of("group dev", "files/read", "files/write")), atOnce);
    }
  }

  @Test
  void areReadAgainWhenTheRoleMayConnectAgain() throws Exception {
    Sql admin = new Sql(server.admin("app"));
    try (FollowedDatabase followed =
        new FollowedDatabase(
            StartedDatabase.at(address), Duration.ofSeconds(4), Duration.ofSeconds(2))) {
      followed.awaitAnn("group dev", "files/read", "files/write");

      admin.run(
          "ALTER ROLE app CONNECTION LIMIT 0",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'");
      Await.until("access is unknown", () -> followed.ann().isEmpty());
      admin.run(
          "UPDATE mcp_proxy.user_group_membership SET group_name = 'ops'",
          "ALTER ROLE app CONNECTION LIMIT 5");

      followed.awaitAnn("group ops");
    }
  }
}
