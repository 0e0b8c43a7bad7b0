package io.toolgate.identity;

import io.toolgate.database.Database;
import io.toolgate.database.Query;
import io.toolgate.database.Snapshots;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.vertx.sqlclient.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Open WebUI's table of users, where it is in the same database. It is Open WebUI's own: only read,
 * and not relied on to be there or to be as it was.
 */
@ApplicationScoped
class UserStore implements UserDirectory {
  private static final Logger LOG = Logger.getLogger("toolgate.identity");
  private static final int CONNECTIONS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String QUERY = "SELECT email, role FROM public.\"user\" WHERE id = $1";

  /** No such table, no such column. */
  private static final Set<String> MISSING = Set.of("42P01", "42703");

  private final Snapshots snapshots;
  private volatile String told = "";

  @Inject
  UserStore(Database database) {
    this(database.snapshots(CONNECTIONS, LIMIT));
  }

  UserStore(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  @Override
  public CompletionStage<Optional<DirectoryUser>> find(String id) {
    CompletableFuture<Optional<DirectoryUser>> answer = new CompletableFuture<>();
    List<DirectoryUser> found = new ArrayList<>(1);
    snapshots
        .read(new Query(QUERY, List.of(id), row -> add(row.getString(0), row.getString(1), found)))
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                told = "";
                answer.complete(found.stream().findFirst());
              } else if (isMissing(failure)) {
                tell(
                    "Open WebUI's table \"user\" is not in this database: session tokens that carry no more than an id "
                        + "are refused. Is DATABASE_URL that of Open WebUI?");
                answer.complete(Optional.empty());
              } else {
                tell("Open WebUI's users cannot be read: " + failure.getMessage());
                answer.completeExceptionally(unknown());
              }
            });
    return answer;
  }

  /** Who has no role yet may do nothing yet. */
  private static void add(String email, String role, List<DirectoryUser> found) {
    if (email != null) {
      found.add(new DirectoryUser(email, role == null ? ProvenUser.PENDING : role));
    }
  }

  private static boolean isMissing(Throwable failure) {
    return failure instanceof DatabaseException refusal && MISSING.contains(refusal.getSqlState());
  }

  private static ProblemException unknown() {
    return Problem.ACCESS_UNKNOWN
        .because(
            "Who is calling cannot be looked up among Open WebUI's users at the moment. Try again in a while.")
        .retryAfter(5);
  }

  /** Once for as long as it stays the same. */
  private void tell(String what) {
    if (!told.equals(what)) {
      told = what;
      LOG.warn(what);
    }
  }
}
