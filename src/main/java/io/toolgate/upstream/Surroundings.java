package io.toolgate.upstream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all upstreams share.
 *
 * @param workers runs what may take long, such as starting a process
 * @param timer runs short things later
 * @param sessions all open sessions, swept for requests whose deadline has passed
 * @param changed to be run after the tools or the state of an upstream changed
 * @param startupTimeout for definitions that give none
 * @param proven how long a server must have been ready to count as one that starts well
 * @param version of Toolgate, told to the servers
 */
record Surroundings(
    Executor workers,
    ScheduledExecutorService timer,
    Set<McpSession> sessions,
    Runnable changed,
    Duration startupTimeout,
    Duration proven,
    String version) {}
