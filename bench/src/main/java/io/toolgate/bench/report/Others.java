package io.toolgate.bench.report;

/** How much of the machine something else used meanwhile: the doubt that each figure carries. */
public final class Others {
  private final double all = CpuTime.all();
  private final double busy = CpuTime.busy();
  private final double ours = CpuTime.ours();

  private Others() {}

  public static Others sinceNow() {
    return new Others();
  }

  /** Of all CPUs, between 0 and 1; what its host took from the machine counts. */
  public double share() {
    double passed = CpuTime.all() - all;
    double foreign = CpuTime.busy() - busy - (CpuTime.ours() - ours);
    return passed <= 0 ? 0 : Math.max(0, foreign / passed);
  }
}
