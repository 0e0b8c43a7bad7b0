/**
 * Servers that are killed, cut off, redefined and shared by strangers while callers call: what
 * those notice of it, and what is left of it in Toolgate.
 *
 * <p>The packaged product with true processes. A test that does harm again and again does so for
 * {@link io.toolgate.chaos.Span} seconds; everything else is done once.
 *
 * <p>What is shown elsewhere: faults of a start in {@code product.ServerStartIT}; remote servers
 * that cannot be used in {@code product.RemoteServersIT}; hanging servers that are ended in {@code
 * upstream.RestartTest}; children that ignore the end of their input and TERM, with grandchildren,
 * in {@code product.ProcessTreeIT}; tools that come, go and change in {@code upstream.UpstreamTest}
 * and {@code product.ServerLifeIT}; limits of sessions in {@code upstream.OwnSessionsTest}.
 */
package io.toolgate.chaos;
