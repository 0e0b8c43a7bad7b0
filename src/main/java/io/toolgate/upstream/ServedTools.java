package io.toolgate.upstream;

import io.toolgate.tenant.ServerDefinition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  private final ServerDefinition definition;
  private final Duration timeout;
  private final Runnable changed;
  private volatile List<McpTool> current = List.of();
  private McpSession session;
  private boolean reading;
  private boolean wanted;

  ServedTools(ServerDefinition definition, Duration timeout, Runnable changed) {
    this.definition = definition;
    this.timeout = timeout;
    this.changed = changed;
  }

  List<McpTool> current() {
    return current;
  }

  /** A new session begins; what an older one still says about tools counts no more. */
  synchronized void expect() {
    session = null;
    wanted = false;
  }

  /** Takes the first list of a session that is ready now. */
  void first(McpSession ready, List<McpTool> list) {
    boolean changedMeanwhile;
    synchronized (this) {
      session = ready;
      current = filtered(list);
      changedMeanwhile = wanted;
    }
    if (changedMeanwhile) {
      read();
    }
  }

  /** Reads the tools again, now or soon after the list being read is complete. */
  void read() {
    McpSession from;
    synchronized (this) {
      wanted = true;
      if (session == null || reading) {
        return;
      }
      reading = true;
      wanted = false;
      from = session;
    }
    ToolList.read(definition.name(), from, timeout)
        .whenComplete((list, failure) -> complete(from, list, failure));
  }

  private void complete(McpSession from, List<McpTool> list, Throwable failure) {
    boolean news = false;
    synchronized (this) {
      if (failure == null && session == from) {
        List<McpTool> fresh = filtered(list);
        news = !fresh.equals(current);
        current = news ? fresh : current;
      }
    }
    if (failure != null) {
      LOG.warnf("%-24s its changed tool list could not be read", definition.name());
    } else if (news) {
      LOG.infof("%-24s changed its tools, %d now", definition.name(), current.size());
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

  private List<McpTool> filtered(List<McpTool> list) {
    return list.stream().filter(tool -> definition.toolFilter().serves(tool.name())).toList();
  }
}
