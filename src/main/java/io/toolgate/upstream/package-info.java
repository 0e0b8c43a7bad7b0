/**
 * The live side of the MCP servers: one {@link io.toolgate.upstream.Upstream} per server, one file
 * per transport, and the supervision that starts them, notices their end and starts them again.
 */
package io.toolgate.upstream;
