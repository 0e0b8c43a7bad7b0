package io.toolgate.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.toolgate.database.Statements;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Puts encrypted values in the place of clear ones, and of those under older keys.
 *
 * <p>Invariant: only the value that was read is replaced; one that was changed meanwhile, by
 * somebody or another Toolgate, stays. No statement holds a clear value, so that no log of the
 * database shows one.
 *
 * <p>Each write makes the rows be read and offered again. So that it comes to rest whatever the
 * database or another Toolgate does to them (one that has the keys in another order would encrypt
 * them back), a clear value is tried once a minute, and a row with an older key too.
 *
 * <p>Threading: {@link #encrypt} may be called by any thread but an event loop; one runs at a time.
 */
final class CredentialStore {
  private static final Logger LOG = Logger.getLogger("toolgate.policy");
  private static final Duration REST = Duration.ofMinutes(1);
  private static final int BATCH = 500;

  /** Skips rows that somebody else is writing, instead of waiting for a lock that may wait too. */
  private static final String REPLACE =
      """
      WITH wanted AS (
        SELECT * FROM json_to_recordset($1::text::json)
          AS w (of_group text, of_server text, of_key text, old_hash text, new_value text)),
      found AS (
        SELECT t.ctid AS place, w.new_value
          FROM mcp_proxy.tenant_server_keys t
          JOIN wanted w ON t.tenant_id = w.of_group AND t.server_id = w.of_server AND t.key_name = w.of_key
         WHERE encode(sha256(convert_to(t.key_value, 'UTF8')), 'hex') = w.old_hash
           FOR UPDATE OF t SKIP LOCKED)
      UPDATE mcp_proxy.tenant_server_keys t SET key_value = found.new_value
        FROM found WHERE t.ctid = found.place
      """;

  private final Statements statements;
  private final KeyRing keys;
  private final LongSupplier nanoTime;
  private final AtomicBoolean busy = new AtomicBoolean();

  // While busy only.
  private final Set<CredentialRow> tried = new HashSet<>();
  private long triedSince;
  private String failing = "";

  CredentialStore(Statements statements, KeyRing keys, LongSupplier nanoTime) {
    this.statements = statements;
    this.keys = keys;
    this.nanoTime = nanoTime;
    this.triedSince = nanoTime.getAsLong();
  }

  /**
   * Begins to encrypt rows, unless it is at it; what is left is offered again.
   *
   * @return completes, never by a failure, when nothing is under way for these rows
   */
  CompletionStage<Void> encrypt(List<CredentialRow> outdated) {
    if (outdated.isEmpty() || !busy.compareAndSet(false, true)) {
      return CompletableFuture.completedStage(null);
    }
    return CompletableFuture.completedStage(untried(outdated))
        .thenCompose(rows -> replace(rows, 0, 0))
        .handle(
            (changed, failure) -> {
              tell(changed, failure);
              busy.set(false);
              return null;
            });
  }

  private List<CredentialRow> untried(List<CredentialRow> outdated) {
    long now = nanoTime.getAsLong();
    if (now - triedSince >= REST.toNanos()) {
      tried.clear();
      triedSince = now;
    }
    List<CredentialRow> rows = new ArrayList<>();
    for (CredentialRow row : outdated) {
      if (tried.add(keys.isEncrypted(row) ? row.withoutValue() : row)) {
        rows.add(row);
      }
    }
    return rows;
  }

  private CompletionStage<Integer> replace(List<CredentialRow> rows, int from, int changed) {
    if (from >= rows.size()) {
      return CompletableFuture.completedStage(changed);
    }
    int to = Math.min(from + BATCH, rows.size());
    ArrayNode batch = JsonNodeFactory.instance.arrayNode();
    rows.subList(from, to).forEach(row -> add(batch, row));
    return statements
        .run(REPLACE, List.of(batch.toString()))
        .thenComposeAsync(more -> replace(rows, to, changed + more));
  }

  private void add(ArrayNode batch, CredentialRow row) {
    if (keys.open(row) instanceof OpenedValue.Readable readable) {
      batch
          .addObject()
          .put("of_group", row.group())
          .put("of_server", row.server())
          .put("of_key", row.key())
          .put("old_hash", hash(row.stored()))
          .put("new_value", keys.encrypt(row, readable.value()));
    }
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  private void tell(Integer changed, Throwable failure) {
    if (failure == null) {
      failing = "";
      if (changed > 0) {
        LOG.infof("Encrypted %d values of tenant_server_keys", changed);
      }
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String reason = String.valueOf(cause.getMessage());
    if (!reason.equals(failing)) {
      failing = reason;
      LOG.warnf("Values of tenant_server_keys cannot be encrypted: %s. Trying again", reason);
    }
  }
}
