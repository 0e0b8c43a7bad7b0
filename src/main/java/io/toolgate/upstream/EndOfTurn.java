package io.toolgate.upstream;

import java.util.concurrent.Executor;

/**
 * Runs work when the thread that asks for it has done what it was woken for, so that what many
 * requests need is done once; at once on threads that know no such moment.
 */
@FunctionalInterface
public interface EndOfTurn extends Executor {}
