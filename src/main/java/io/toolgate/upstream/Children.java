package io.toolgate.upstream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all servers that run as our children share.
 *
 * <p>Threading: any thread.
 */
final class Children {
  private final int logLinesPerSecond;
  private final Map<String, ServerLog> logs = new ConcurrentHashMap<>();

  /**
   * @param logLinesPerSecond of what a server prints, however often it starts
   */
  Children(int logLinesPerSecond) {
    this.logLinesPerSecond = logLinesPerSecond;
  }

  ServerLog log(String server) {
    return logs.computeIfAbsent(server, name -> new ServerLog(name, logLinesPerSecond));
  }
}
