/**
 * Toolgate: one door for every MCP tool.
 *
 * <pre>
 * HTTP in -> identity -> policy -> catalog -> call ---> upstream -> result -> HTTP out
 *   rest      who?       which     which      argument   MCP         MCP result
 *                        servers?  tool?      check,     session     to JSON
 *                                             deadline
 * </pre>
 *
 * Packages are named after these stages and may use only those further down the table in
 * ARCHITECTURE.md; {@code tenant} says which servers there are, {@code audit} who called what,
 * {@code problem} lists every error. This package only starts and stops the whole.
 */
package io.toolgate;
