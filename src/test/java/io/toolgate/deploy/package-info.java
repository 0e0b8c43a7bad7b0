/**
 * The files with which Toolgate is deployed, held against each other, against the program, and as
 * far as they run without a container engine, run.
 */
package io.toolgate.deploy;
