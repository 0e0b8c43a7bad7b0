package io.toolgate.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of the CPU time of processes and of the machine, in its ticks of 10 ms. */
public final class CpuTime {
  private static final double TICKS_PER_SECOND = 100;

  private CpuTime() {}

  /** Seconds that a process itself has used; none if there is none. */
  public static double of(long pid) {
    return ticks(pid, 2) / TICKS_PER_SECOND;
  }

  /** Seconds of this process and of all that it started, those that have ended too. */
  static double ours() {
    long ticks = ticks(ProcessHandle.current().pid(), 4);
    for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
      ticks += ticks(child.pid(), 4);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Seconds of the whole machine in which some CPU worked, or was taken away by its host. */
  static double busy() {
    String[] fields = machine();
    double idle = Double.parseDouble(fields[4]) + Double.parseDouble(fields[5]);
    return all() - idle / TICKS_PER_SECOND;
  }

  /** Seconds of all CPUs, busy or not. */
  static double all() {
    String[] fields = machine();
    double sum = 0;
    for (int i = 1; i <= 8; i++) {
      sum += Double.parseDouble(fields[i]);
    }
    return sum / TICKS_PER_SECOND;
  }

  private static String[] machine() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      return lines.findFirst().orElseThrow().split(" +");
    } catch (IOException e) {
      return "cpu 0 0 0 0 0 0 0 0".split(" ");
    }
  }

  /** The sum of utime, stime and, of four fields, the same of children that were waited for. */
  private static long ticks(long pid, int fields) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long sum = 0;
      for (int i = 11; i < 11 + fields; i++) {
        sum += Long.parseLong(afterName[i]);
      }
      return sum;
    } catch (IOException e) {
      return 0;
    }
  }
}
