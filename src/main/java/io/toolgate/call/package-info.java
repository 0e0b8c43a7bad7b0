/**
 * The one path every call takes, whichever door it came through: access, look-up, argument check,
 * deadline, upstream, mapping, audit. {@link io.toolgate.call.ToolCalls} is that path.
 */
package io.toolgate.call;
