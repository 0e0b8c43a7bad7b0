package io.toolgate.database;

import io.toolgate.text.TextFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The operator's own SQL files, such as who is in which group: each is applied once in the life of
 * a database, in the order of their names.
 *
 * <p>Invariant: a file counts as applied exactly when its transaction was committed, however many
 * Toolgates start at once. After one that fails no other is applied, because it may need the first.
 */
final class Seeds {
  private static final Logger LOG = Logger.getLogger("database");
  private static final long LIMIT_SECONDS = 300;

  /** Held while files are looked at and applied; the number means nothing. */
  private static final String LOCK = "SELECT pg_advisory_lock(7021764335910221)";

  private static final String APPLIED = "SELECT file_name, checksum FROM mcp_proxy.applied_seeds";
  private static final String APPLY =
      "INSERT INTO mcp_proxy.applied_seeds (file_name, checksum) VALUES ($1, $2)";

  private final Vertx vertx;
  private final DatabaseAddress address;
  private final Path folder;

  /**
   * @param folder need not be there
   */
  Seeds(Vertx vertx, DatabaseAddress address, Path folder) {
    this.vertx = vertx;
    this.address = address;
    this.folder = folder;
  }

  /**
   * Applies what was not applied before. Blocks; may be repeated.
   *
   * @return what went wrong, in sentences; empty if nothing did
   */
  List<String> apply() throws InterruptedException {
    try {
      List<Path> files = files();
      return files.isEmpty() ? List.of() : apply(files);
    } catch (IOException | UncheckedIOException e) {
      return List.of("The files in %s cannot be read.".formatted(folder));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf(e, "The files in %s were not applied", folder); // all else goes on
      return List.of("The files in %s were not applied; the log says why.".formatted(folder));
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }

  private List<String> apply(List<Path> files) throws InterruptedException {
    Future<PgConnection> locking = connect();
    try {
      PgConnection locked = await(locking);
      await(locked.query(LOCK).execute());
      Map<String, String> applied = new HashMap<>();
      for (Row row : await(locked.query(APPLIED).execute())) {
        applied.put(row.getString(0), row.getString(1));
      }
      for (Path file : files) {
        String mistake = apply(file, applied);
        if (!mistake.isEmpty()) {
          return List.of(mistake);
        }
      }
      return List.of();
    } catch (ExecutionException e) {
      return List.of("The files in %s were not applied: %s".formatted(folder, reason(e)));
    } finally {
      locking.onSuccess(PgConnection::close); // and so the lock is given back
    }
  }

  private Future<PgConnection> connect() {
    return PgConnection.connect(vertx, address.connectOptions());
  }

  private String apply(Path file, Map<String, String> applied) throws InterruptedException {
    String sql;
    try {
      sql = TextFile.read(file);
    } catch (IOException e) {
      return file + " was not applied: it cannot be read as UTF-8 text.";
    }
    String name = file.getFileName().toString();
    String checksum = checksum(sql);
    if (!applied.containsKey(name)) {
      return apply(name, sql, checksum);
    }
    if (!applied.get(name).equals(checksum)) {
      LOG.warnf(
          "%s has changed since it was applied, which has no effect. Apply the change with psql, or in a new file.",
          file);
    }
    return "";
  }

  /** Over a connection of its own, so that what one file sets is not so for the next. */
  private String apply(String name, String sql, String checksum) throws InterruptedException {
    Future<PgConnection> connecting = connect();
    try {
      PgConnection connection = await(connecting);
      await(connection.query("BEGIN").execute());
      await(connection.query(sql).execute());
      await(connection.preparedQuery(APPLY).execute(Tuple.of(name, checksum)));
      await(connection.query("COMMIT").execute());
      LOG.infof("%s was applied", folder.resolve(name));
      return "";
    } catch (ExecutionException e) {
      return "%s%s was not applied: %s. Nothing of it was kept, but for what it commits itself; mend it, and start Toolgate again."
          .formatted(folder.resolve(name), line(sql, e.getCause()), reason(e));
    } finally {
      connecting.onSuccess(PgConnection::close);
    }
  }

  /** Where in the file, as far as PostgreSQL tells. */
  private static String line(String sql, Throwable failure) {
    if (failure instanceof PgException refused && refused.getPosition() != null) {
      int position = Math.min(Integer.parseInt(refused.getPosition()) - 1, sql.length());
      int end = sql.offsetByCodePoints(0, Math.min(position, sql.codePointCount(0, sql.length())));
      return ", line " + (1 + sql.substring(0, end).chars().filter(c -> c == '\n').count()) + ",";
    }
    return "";
  }

  private static String reason(ExecutionException failure) {
    if (failure.getCause() instanceof PgException refused) {
      return refused.getErrorMessage();
    }
    String reason = failure.getCause().getMessage();
    return reason != null
        ? reason
        : "the connection was lost, as by COPY ... FROM stdin, which is not understood here";
  }

  private static <T> T await(Future<T> future) throws InterruptedException, ExecutionException {
    return future
        .timeout(LIMIT_SECONDS, TimeUnit.SECONDS)
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  private static String checksum(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
