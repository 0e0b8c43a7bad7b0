/**
 * Who is calling: proofs of identity to a {@link io.toolgate.identity.Caller}. Everything behind
 * this package takes a proven caller, so that forgetting to check does not compile.
 */
package io.toolgate.identity;
