package io.toolgate.bench.figure;

/** One thing that is measured, by itself: it starts what it needs and ends it. */
public interface Figure {
  /** Adds rows and samples to the report; an exception is the failure of this figure alone. */
  void measure(Run run) throws Exception;
}
