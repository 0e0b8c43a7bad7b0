package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.database.DatabaseAddress;
import io.toolgate.database.ExternalPostgres;
import io.toolgate.database.Sql;
import io.toolgate.scripted.Scripted;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An external database that is late, holds an old deployment, goes away and comes back. */
@Tag("debian")
class GrantsOfExternalDatabaseIT {
  private static final String KEY = "the-main-key-0123456789";
  private static final String[] OPERATOR = {"Authorization", "Bearer " + KEY};
  private static final String[] ANN = as("ann@example.org");
  private static final String[] BOB = as("bob@example.org");

  private ExternalPostgres postgres;
  private DatabaseAddress address;
  private Product product;

  private static String[] as(String email) {
    return new String[] {"Authorization", "Bearer " + KEY, "X-OpenWebUI-User-Email", email};
  }

  @BeforeEach
  void makeDatabase() throws Exception {
    postgres = new ExternalPostgres().start();
    address = postgres.newDatabase("webui");
  }

  private void startProduct() {
    product =
        Product.serving(
            Map.of("s", Definition.of(Scripted.stdio().withoutBuiltins().count(1))),
            Map.of("DATABASE_URL", address.uri(), "MCP_API_KEY", KEY, "GRANTS_MAX_STALE", "3s"));
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
    postgres.close();
  }

  private Answer call(String... headers) {
    return product.post("/s/tool_0", "{}", headers);
  }

  private String health() {
    return product.get("/health").json().path("status").asText();
  }

  @Test
  void nobodyIsGrantedAnythingWhileGrantsAreUnknownAndAllComesBackByItself() throws Exception {
    postgres.stop();
    startProduct();
    product.await(
        "a key reads the document without a database",
        () -> product.get("/openapi.json", OPERATOR).text().contains("/s/tool_0"));
    call(ANN).refused(503, "access-unknown");
    product.get("/openapi.json", ANN).refused(503, "access-unknown");
    assertEquals(503, product.get("/health").status());
    assertEquals("unhealthy", health());
    postgres.start();
    product.await("grants are read", () -> call(ANN).status() == 403);
    Sql sql = new Sql(address);
    sql.run(
        "INSERT INTO user_group_membership VALUES ('ann@example.org', 'g'), ('bob@example.org', 'g')",
        "INSERT INTO group_tenant_mapping VALUES ('g', 's')");
    product.await("ann is granted the server", () -> call(ANN).status() == 200);
    product.await("all is well", () -> health().equals("healthy"));

    postgres.stop();

    assertEquals(200, call(ANN).status());
    product.await("grants are too old", () -> call(ANN).status() == 503);
    call(BOB).refused(503, "access-unknown");
    assertEquals("unhealthy", health());
    assertEquals(200, product.get("/openapi.json", OPERATOR).status());
    postgres.start();
    product.await("grants are read again", () -> call(ANN).status() == 200);
    sql.run("DELETE FROM user_group_membership WHERE user_email = 'bob@example.org'");
    product.await("bob is no more", () -> call(BOB).status() == 403);
    product.await("all is well again", () -> health().equals("healthy"));
  }

  @Test
  void anOldDeploymentIsTakenOverWithItsGrantsAndItsSampleAdministratorIsReported()
      throws Exception {
    Sql sql = new Sql(address);
    sql.run(
        "CREATE TABLE public.\"user\" (id text PRIMARY KEY, name text, email text, role text)",
        "CREATE TABLE public.user_group_membership (user_email varchar(255) NOT NULL,"
            + " group_name varchar(255) NOT NULL, created_at timestamp DEFAULT now(),"
            + " PRIMARY KEY (user_email, group_name))",
        "CREATE TABLE public.group_tenant_mapping (group_name varchar(255) NOT NULL,"
            + " tenant_id varchar(255) NOT NULL, created_at timestamp DEFAULT now(),"
            + " PRIMARY KEY (group_name, tenant_id))",
        "INSERT INTO public.user_group_membership VALUES ('Ann@Example.org', 'g'),"
            + " ('admin@example.com', 'MCP-Admin')",
        "INSERT INTO public.group_tenant_mapping VALUES ('g', 's')");
    startProduct();

    product.await("ann is granted the server", () -> call(ANN).status() == 200);

    JsonNode health = product.get("/health", OPERATOR).json();
    assertTrue(health.path("warnings").toString().contains("admin@example.com"), "" + health);
    assertFalse(product.get("/health").json().has("warnings"));
    assertTrue(product.log().stream().anyMatch(line -> line.contains("admin@example.com is an")));
    sql.run("DELETE FROM user_group_membership WHERE user_email = 'admin@example.com'");
    product.await(
        "the warning is gone",
        () -> !product.get("/health", OPERATOR).json().toString().contains("admin@example.com"));
    sql.run("DELETE FROM public.user_group_membership WHERE user_email = 'ann@example.org'");
    product.await("old SQL takes away", () -> call(ANN).status() == 403);
  }
}
