package io.toolgate.rest;

/**
 * What remains to somebody after a request.
 *
 * @param passes whether the request may pass
 * @param limit requests a minute
 * @param remaining how many more would pass now
 * @param fullAfterSeconds when all of them pass again
 * @param retryAfterSeconds when one passes again; 0 if one would now
 */
record Allowance(
    boolean passes, int limit, int remaining, int fullAfterSeconds, int retryAfterSeconds) {}
