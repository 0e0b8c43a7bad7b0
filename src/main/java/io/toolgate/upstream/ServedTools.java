package io.toolgate.upstream;

import io.toolgate.tenant.ServerDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The tools of one server, as last listed and filtered by its definition.
 *
 * <p>Invariant: the last change is never missed. A change that is announced while a list is being
 * read, the first one included, or shortly after it, is read later; so a server that announces
 * without end costs two lists a second.
 *
 * <p>Threading: any thread; the list itself is swapped whole.
 */
final class ServedTools {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");

  private static final Duration REST = Duration.ofMillis(500);

  private final Duration timeout;
  private final Runnable changed;
  private final Consumer<List<McpTool>> learned;
  private volatile ServerDefinition definition;
  private volatile List<McpTool> current = List.of();
  private List<McpTool> listed;
  private McpSession session;
  private boolean reading;
  private boolean wanted;
  private boolean heard;

  /**
   * @param changed run when {@link #current} may have become another list
   * @param learned receives each list that the server gave, if it is another than the one before
   */
  ServedTools(
      ServerDefinition definition,
      Duration timeout,
      Runnable changed,
      Consumer<List<McpTool>> learned) {
    this.definition = definition;
    this.timeout = timeout;
    this.changed = changed;
    this.learned = learned;
  }

  List<McpTool> current() {
    return current;
  }

  /** Whether the server has ever told which tools it has. */
  synchronized boolean known() {
    return listed != null;
  }

  /**
   * Takes a list of an earlier day, or one that the server told another Toolgate. Where there is a
   * session the server is asked instead, if it told this one something else; what it answers is not
   * told on, or two Toolgates would ask each other without end.
   */
  void remember(List<McpTool> list) {
    synchronized (this) {
      if (isListed(list)) {
        return;
      }
      if (session == null) {
        take(list);
        return;
      }
      heard = true;
    }
    read();
  }

  /** Filters by a new definition. */
  void redefine(ServerDefinition newDefinition) {
    synchronized (this) {
      definition = newDefinition;
      current = listed == null ? List.of() : filtered();
    }
  }

  /** What the server told last, of whatever day; empty if it never did. */
  synchronized Optional<List<McpTool>> listed() {
    return Optional.ofNullable(listed);
  }

  /** A new session begins; what an older one still says about tools counts no more. */
  synchronized void expect() {
    session = null;
    wanted = false;
  }

  /**
   * Takes the first list of a session that is about to count as ready. The catalog is told even if
   * the list is the one that was remembered: whoever remembered it may not have told it yet.
   */
  void first(McpSession ready, List<McpTool> list) {
    boolean changedMeanwhile;
    boolean news;
    synchronized (this) {
      session = ready;
      news = take(list);
      changedMeanwhile = wanted;
    }
    if (news) {
      learned.accept(list);
    }
    changed.run();
    if (changedMeanwhile) {
      read();
    }
  }

  /** Reads the tools again, now or soon after the list being read is complete. */
  void read() {
    McpSession from;
    boolean telling;
    synchronized (this) {
      wanted = true;
      if (session == null || reading) {
        return;
      }
      reading = true;
      wanted = false;
      from = session;
      telling = !heard;
      heard = false;
    }
    ToolList.read(definition.name(), from, timeout)
        .whenComplete((list, failure) -> complete(from, list, failure, telling));
  }

  private void complete(McpSession from, List<McpTool> list, Throwable failure, boolean telling) {
    boolean news = false;
    synchronized (this) {
      if (failure == null && session == from) {
        news = take(list);
      }
    }
    if (failure != null) {
      LOG.warnf("%-24s its changed tool list could not be read", definition.name());
    } else if (news) {
      LOG.infof("%-24s changed its tools, %d now", definition.name(), current.size());
      if (telling) {
        learned.accept(list);
      }
      changed.run();
    }
    CompletableFuture.delayedExecutor(REST.toMillis(), TimeUnit.MILLISECONDS).execute(this::rested);
  }

  private void rested() {
    boolean again;
    synchronized (this) {
      reading = false;
      again = wanted && session != null;
    }
    if (again) {
      read();
    }
  }

  /** Under the lock; whether it has the same tools, in whatever order. */
  private boolean isListed(List<McpTool> list) {
    return listed != null
        && listed.size() == list.size()
        && (listed.equals(list) || Set.copyOf(listed).equals(Set.copyOf(list)));
  }

  /** Under the lock; an equal list leaves the object that the catalog knows. */
  private boolean take(List<McpTool> list) {
    if (isListed(list)) {
      return false;
    }
    listed = list;
    current = filtered();
    return true;
  }

  private List<McpTool> filtered() {
    return listed.stream().filter(tool -> definition.toolFilter().serves(tool.name())).toList();
  }
}
