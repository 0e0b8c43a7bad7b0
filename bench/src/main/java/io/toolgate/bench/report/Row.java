package io.toolgate.bench.report;

/**
 * One line of the table.
 *
 * @param ratio to what was measured beside it, or empty
 * @param met whether the goal is met; null where there is none
 */
record Row(
    String figure,
    String goal,
    String reached,
    String ratio,
    String spread,
    int rounds,
    Boolean met) {}
