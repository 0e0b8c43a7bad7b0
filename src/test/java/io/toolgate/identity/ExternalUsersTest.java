package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.toolgate.database.DatabaseAddress;
import io.toolgate.database.DatabaseState;
import io.toolgate.database.ExternalPostgres;
import io.toolgate.database.Sql;
import io.toolgate.database.StartedDatabase;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Open WebUI and Toolgate in one database of an ordinary server. */
@Tag("debian")
class ExternalUsersTest {
  private static Optional<DirectoryUser> find(UserStore store) {
    return store.find("1").toCompletableFuture().join();
  }

  @Test
  void areFoundForAsLongAsTheServerLetsThem() throws Exception {
    try (ExternalPostgres server = new ExternalPostgres().start()) {
      DatabaseAddress address = server.newDatabase("app");
      Sql openWebUi = new Sql(server.admin("app"));
      openWebUi.run(
          "CREATE TABLE public.\"user\" (id varchar PRIMARY KEY, email varchar, role varchar)",
          "INSERT INTO public.\"user\" VALUES ('1', 'ann@example.com', 'user')",
          "GRANT SELECT ON public.\"user\" TO app");
      try (StartedDatabase started = StartedDatabase.at(address).await(DatabaseState.READY)) {
        UserStore store = new UserStore(started.database());
        Optional<DirectoryUser> ann = Optional.of(new DirectoryUser("ann@example.com", "user"));
        assertEquals(ann, find(store));

        openWebUi.run("REVOKE SELECT ON public.\"user\" FROM app");
        assertUnknown(store);
        openWebUi.run("GRANT SELECT ON public.\"user\" TO app");
        assertEquals(ann, find(store));

        server.stop();
        assertUnknown(store);
        server.start();
        assertEquals(ann, find(store));
      }
    }
  }

  private static void assertUnknown(UserStore store) {
    CompletionException failure = assertThrows(CompletionException.class, () -> find(store));
    assertEquals(
        Problem.ACCESS_UNKNOWN,
        assertInstanceOf(ProblemException.class, failure.getCause()).problem());
  }
}
