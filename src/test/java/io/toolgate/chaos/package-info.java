/**
 * Servers that are killed, cut off, redefined and shared by strangers while callers call: what
 * those notice of it, and what is left of it in Toolgate.
 *
 * <p>The packaged product with true processes. A test that does harm again and again does so for
 * {@link io.toolgate.chaos.Span} seconds; everything else is done once.
 */
package io.toolgate.chaos;
