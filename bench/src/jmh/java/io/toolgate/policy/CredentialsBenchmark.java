package io.toolgate.policy;

import java.util.ArrayList;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The credentials of 100,000 encrypted rows: the first time, and when they are read again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CredentialsBenchmark {
  private final CredentialRows rows = new CredentialRows();
  private KeyRing keys;
  private CredentialReader used;

  @Setup
  public void prepare() {
    keys =
        new KeyRingReader("KEY", new ArrayList<>())
            .read(Base64.getEncoder().encodeToString(new byte[32]))
            .orElseThrow();
    for (int i = 0; i < 100_000; i++) {
      CredentialRow row = new CredentialRow("group-" + i % 1_000, "server-" + i / 1_000, "KEY", "");
      rows.key(row.group(), row.server(), row.key(), keys.encrypt(row, "a secret of some length"));
    }
    used = new CredentialReader(keys);
    used.read(rows);
  }

  @Benchmark
  public Object first() {
    return new CredentialReader(keys).read(rows);
  }

  @Benchmark
  public Object again() {
    return used.read(rows);
  }
}
