/**
 * The one path every call takes, whichever door it came through. Its first half is here: {@link
 * io.toolgate.call.RequestBody} reads what the caller sent, {@link io.toolgate.call.Arguments}
 * finds the arguments in it, {@link io.toolgate.call.ArgumentCheck} judges them by the tool's own
 * schema, so that a server sees only what it asked for.
 */
package io.toolgate.call;
