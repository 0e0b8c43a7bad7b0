package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What all conversations of this process share: the options, the tools, the sessions, the timer.
 *
 * <p>Threading: any thread.
 */
final class Script {
  private final Options options;
  private final ToolTable tools;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "timer");
            thread.setDaemon(true);
            return thread;
          });

  Script(Options options) throws IOException {
    this.options = options;
    this.tools = Builtins.table(options);
  }

  Options options() {
    return options;
  }

  ToolTable tools() {
    return tools;
  }

  /**
   * Opens a session.
   *
   * @param unsolicited where messages go that belong to no request
   */
  Session open(Channel unsolicited) {
    Session session = new Session(this, UUID.randomUUID().toString(), unsolicited);
    sessions.put(session.id(), session);
    return session;
  }

  Optional<Session> session(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  void forget(String id) {
    sessions.remove(id);
  }

  /** As after a restart: no session id is known any more. */
  void forgetAll() {
    sessions.clear();
  }

  /** Runs a task later; at once, on the same thread, when there is no delay. */
  void later(Duration delay, Runnable task) {
    if (delay.isZero()) {
      task.run();
    } else {
      timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Tells every session that the tools have changed. */
  void toolsChanged() {
    JsonNode changed = Json.notification("notifications/tools/list_changed", Json.object());
    sessions.values().forEach(session -> session.unsolicited().send(changed));
  }

  synchronized void record(JsonNode message) {
    options.text(Option.RECORD).ifPresent(file -> append(Path.of(file), message.toString()));
  }

  private static void append(Path file, String line) {
    try {
      Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
