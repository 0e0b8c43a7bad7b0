/**
 * Every error Toolgate answers with, on one page: {@link io.toolgate.problem.Problem} lists them,
 * {@link io.toolgate.problem.ProblemException} carries one to the door. Imports nothing of ours.
 */
package io.toolgate.problem;
