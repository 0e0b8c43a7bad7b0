package io.toolgate.upstream;

import io.toolgate.database.AccessChanged;
import io.toolgate.database.Database;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Transport;
import io.toolgate.upstream.ToolListStore.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What servers told of their tools on an earlier day, so that the document is complete before they
 * have started, or told another Toolgate on the same database; and what they tell this one.
 *
 * <p>Invariant: a list is used only for a server that is reached as it was then. Nothing waits for
 * the database; what cannot be written now is written later, and what is to be written is not
 * overruled by what was.
 *
 * <p>Threading: {@link #tick} is called by one thread; the rest by any.
 */
@ApplicationScoped
class ToolLists {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");

  private static final String TABLE = "tool_lists";

  private final ToolListStore store;
  private final BooleanSupplier database;
  private final Map<String, Kept> unwritten = new ConcurrentHashMap<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private int writes; // while busy only
  private volatile boolean wanted = true;
  private volatile boolean read;

  @Inject
  ToolLists(ToolListStore store, Database database) {
    this(store, database::isMigrated);
  }

  /**
   * @param database whether its tables are there
   */
  ToolLists(ToolListStore store, BooleanSupplier database) {
    this.store = store;
    this.database = database;
  }

  /** Whether the lists of earlier days have been read once. */
  boolean isRead() {
    return read;
  }

  /** There are other servers now, whose lists may be known. */
  void readAgain() {
    wanted = true;
  }

  /** Another Toolgate may have been told another list. */
  void changed(@Observes AccessChanged event) {
    if (event.table().isEmpty() || event.table().get().equals(TABLE)) {
      wanted = true;
    }
  }

  /** Keeps a list that a server has just told. */
  void learned(ServerDefinition definition, List<McpTool> tools) {
    unwritten.put(definition.name(), new Kept(definition.name(), fingerprint(definition), tools));
  }

  /**
   * Does what is to be done, if it can be done now.
   *
   * @param known receives all lists that are kept, on a worker
   */
  void tick(Consumer<List<Kept>> known, Executor workers) {
    if (!(wanted || !unwritten.isEmpty())
        || !database.getAsBoolean()
        || !busy.compareAndSet(false, true)) {
      return;
    }
    CompletionStage<?> done;
    try {
      done = wanted ? readAll(known, workers) : writeOne();
    } catch (RuntimeException e) {
      done = CompletableFuture.failedFuture(e);
    }
    done.whenComplete(
        (nothing, failure) -> {
          if (failure != null) {
            LOG.debugf("Tool lists could not be read or written: %s", failure.getMessage());
          }
          busy.set(false);
        });
  }

  private CompletionStage<?> readAll(Consumer<List<Kept>> known, Executor workers) {
    List<Kept> all = new ArrayList<>();
    wanted = false;
    return store
        .read(all::add)
        .whenComplete((nothing, failure) -> wanted |= failure != null)
        .thenAcceptAsync(
            nothing -> {
              all.removeIf(kept -> unwritten.containsKey(kept.server()));
              known.accept(all);
              read = true;
            },
            workers);
  }

  private CompletionStage<?> writeOne() {
    List<Kept> waiting = List.copyOf(unwritten.values());
    Kept next =
        waiting.get(Math.floorMod(writes++, waiting.size())); // one may fail again and again
    return store.write(next).thenAccept(rows -> unwritten.remove(next.server(), next));
  }

  /** Stands for how a server is reached; tells nothing of it, for there may be secrets in it. */
  static String fingerprint(ServerDefinition definition) {
    Transport transport = definition.transport();
    List<String> parts = new ArrayList<>();
    if (transport instanceof Transport.Stdio stdio) {
      parts.add(stdio.command());
      parts.addAll(stdio.args());
    } else if (transport instanceof Transport.Remote remote) {
      parts.add(remote.url().toString());
    }
    try {
      byte[] text = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }
}
