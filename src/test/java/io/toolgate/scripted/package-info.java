/**
 * An MCP server that does on request what real servers only do on bad days: it crashes, stalls,
 * floods, speaks garbage, changes its tools, refuses.
 *
 * <p>Tests start it as a true process through {@link io.toolgate.scripted.Scripted}. How it starts
 * and what it lists is said by {@link io.toolgate.scripted.Option}s; what happens during a call is
 * chosen by the tool that is called, see the {@code ...Tools} classes. Transports ({@code
 * StdioTransport}, {@code StreamableTransport}, {@code SseTransport}) hand messages to a {@code
 * Session}, which answers through a {@code Channel}. Nothing here blocks while it waits: late
 * answers come from a timer.
 */
package io.toolgate.scripted;
