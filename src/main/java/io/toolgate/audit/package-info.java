/** Who did what, when, with which outcome: the access log and the metrics of calls. */
package io.toolgate.audit;
