package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.FreePort;
import io.toolgate.database.DatabaseAddress;
import io.toolgate.database.ExternalPostgres;
import io.toolgate.database.Sql;
import io.toolgate.product.Definition;
import io.toolgate.product.Product;
import io.toolgate.scripted.Scripted;
import io.toolgate.scripted.ScriptedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three Toolgates on one PostgreSQL, behind one Caddy. */
@Tag("debian")
class ReplicasIT {
  private static final String SECRET = "the-secret-of-the-gateway-0123456789";
  private static final String[] ANN = {"Cookie", Authenticator.cookie("ann")};
  private static final String[] DIRECTLY = {
    "X-Gateway-Secret", SECRET, "X-User-Email", "ann@example.org"
  };
  private static final String ECHO = "{\"message\":\"m\"}";
  private static final int CALLERS = 12;
  private static final int ENOUGH = 300;

  @TempDir Path folder;
  private final List<Integer> ports = new ArrayList<>();
  private final List<Product> replicas = new ArrayList<>();
  private ExternalPostgres postgres;
  private DatabaseAddress address;
  private Authenticator authenticator;
  private FrontProxy caddy;
  private ScriptedProcess shared;

  @BeforeEach
  void start() throws Exception {
    postgres = new ExternalPostgres().start();
    address = postgres.newDatabase("toolgate");
    authenticator = new Authenticator();
    shared = Scripted.streamable().withoutOddTools().start();
    for (int i = 0; i < 3; i++) {
      ports.add(FreePort.next());
      replicas.add(replica(i));
    }
    sql("INSERT INTO user_group_membership VALUES ('ann@example.org', 'Sales')");
    sql("INSERT INTO group_tenant_mapping VALUES ('Sales', 's'), ('Sales', 'shared')");
    for (Product replica : replicas) {
      await("ann may call", () -> replica.post("/s/echo", ECHO, DIRECTLY).status() == 200);
    }
    String all = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(" "));
    caddy = FrontProxy.caddy(folder, all, authenticator.address(), SECRET);
  }

  private Product replica(int number) {
    Product product =
        Product.servingOn(
            ports.get(number),
            Map.of(
                "s",
                Definition.of(Scripted.stdio().withoutOddTools()),
                "shared",
                Map.of("type", "streamable-http", "url", shared.url().toString())),
            Map.of(
                "DATABASE_URL",
                address.uri(),
                "API_GATEWAY_MODE",
                "true",
                "GATEWAY_SHARED_SECRET",
                SECRET,
                "STOP_NOTICE",
                "3s"));
    product.await("it is ready", () -> product.get("/q/health/ready").status() == 200);
    product.await("its server is", () -> product.post("/s/echo", "{}", DIRECTLY).status() != 503);
    return product;
  }

  private void sql(String statement) {
    new Sql(address).run(statement);
  }

  @AfterEach
  void stop() throws Exception {
    caddy.close();
    replicas.forEach(Product::close);
    authenticator.close();
    shared.close();
    postgres.close();
  }

  private void await(String what, BooleanSupplier condition) {
    replicas.get(2).await(what, condition);
  }

  @Test
  void noCallFailsThatWasNotUnderWayAndNoneIsAllowedOnceAllKnowOfARevocation() {
    try (Callers callers = new Callers(CALLERS, caddy.tools() + "/s/echo", ANN)) {
      long begin = System.nanoTime();
      await("calls are answered", () -> callers.since(begin).size() > ENOUGH);
      assertEquals(List.of(), callers.otherThan(200, begin));

      replicas.get(0).kill();
      long killed = System.nanoTime();
      await("calls go on", () -> callers.since(killed).size() > ENOUGH);

      assertEquals(List.of(), callers.otherThan(200, killed));
      assertTrue(callers.otherThan(200, begin).size() <= CALLERS);

      long asked = System.nanoTime();
      replicas.get(1).close(); // by SIGTERM
      replicas.set(1, replica(1));
      replicas.set(0, replica(0));
      long back = System.nanoTime();
      await("calls go on with all three", () -> callers.since(back).size() > ENOUGH);

      assertEquals(List.of(), callers.otherThan(200, asked));

      sql("DELETE FROM group_tenant_mapping");
      for (Product replica : replicas) {
        Product.awaitWhatWasTold(
            "it is revoked", () -> replica.post("/s/echo", ECHO, DIRECTLY).status() == 403);
      }
      long late = System.nanoTime();
      await("calls go on", () -> callers.since(late).size() > ENOUGH);

      assertEquals(List.of(), callers.otherThan(403, late));
    }
  }

  /** The server tells nobody: one Toolgate is asked to look, and the others hear of it. */
  @Test
  void toolListsAgree() {
    Product first = replicas.get(0);
    for (Product replica : replicas) {
      await("its tools are known", () -> document(replica).contains("/shared/change_tools"));
    }
    first.post("/shared/change_tools", "{}", DIRECTLY).ok();
    assertFalse(document(first).contains("/shared/added"));

    first
        .post(
            "/refresh",
            "{}",
            "X-Gateway-Secret",
            SECRET,
            "X-User-Email",
            "a@x.org",
            "X-User-Admin",
            "true")
        .ok();

    for (Product replica : replicas) {
      await("its document has it", () -> document(replica).contains("/shared/added"));
    }
    await("it is called", () -> first.post("/shared/added", "{}", DIRECTLY).status() == 200);
  }

  private static String document(Product replica) {
    return replica.get("/openapi.json", DIRECTLY).text();
  }
}
