/**
 * A small MCP server that tells the time, so that Toolgate has something to show on a machine with
 * nothing but a JDK.
 *
 * <p>It runs as a process of its own, started from Toolgate's class path like any other stdio
 * server, and imports nothing else of ours. Tool and argument names are those of the MCP project's
 * reference time server; prompts written for that one work here.
 */
package io.toolgate.time;
