package io.toolgate.database;

import java.util.Optional;

/**
 * Rows that decide access, or say which tools there are, have or may have changed. Fired as an
 * event on an event loop, so that observers must not block.
 *
 * @param table the name of the table; empty when any may have changed: after a (re)connect, and
 *     after a time of hearing nothing
 */
public record AccessChanged(Optional<String> table) {}
