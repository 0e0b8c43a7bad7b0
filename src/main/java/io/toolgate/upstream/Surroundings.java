package io.toolgate.upstream;

import io.toolgate.tenant.ServerDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;

/**
 * What all upstreams share.
 *
 * @param workers runs what may take long, such as starting a process
 * @param timer runs short things later
 * @param sessions all open sessions, swept for requests whose deadline has passed
 * @param changed to be run after the tools or the state of an upstream changed
 * @param settings for definitions that say nothing of their own
 * @param children what the servers share that run as our children
 * @param http reaches the servers that run elsewhere
 * @param starts lets only so many servers start at once
 * @param guard for addresses that do not come out of a tenant file
 * @param learned receives each new list of tools that a server gave
 * @param version of Toolgate, told to the servers
 */
record Surroundings(
    Executor workers,
    ScheduledExecutorService timer,
    Set<McpSession> sessions,
    Runnable changed,
    UpstreamSettings settings,
    Children children,
    RemoteHttp http,
    Turns starts,
    EndpointGuard guard,
    BiConsumer<ServerDefinition, List<McpTool>> learned,
    String version) {

  /** Where a call goes on that had to wait: on its event loop, with others; else on a worker. */
  Executor onward() {
    return children.loops().current(workers);
  }

  /** How long calls of this server may take. */
  Patience patience(ServerDefinition definition) {
    Duration silence = definition.timeout().orElse(settings.callTimeout());
    Duration usual = settings.callDeadline();
    return new Patience(
        silence, definition.deadline().orElse(usual.compareTo(silence) > 0 ? usual : silence));
  }

  /** How long a start of this server may take. */
  Duration startupTimeout(ServerDefinition definition) {
    return definition.startupTimeout().orElse(settings.startupTimeout());
  }
}
