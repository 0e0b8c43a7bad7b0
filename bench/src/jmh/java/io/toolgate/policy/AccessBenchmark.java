package io.toolgate.policy;

import io.toolgate.identity.Caller;
import io.toolgate.identity.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/** What a caller may use, among 10,000 users and 200 groups, and whether that is a tool. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AccessBenchmark implements PolicySettings {
  private Policy policy;
  private Caller whole;
  private Caller narrowed;

  @Setup
  public void prepare() {
    Grants.Rows rows = new Grants.Rows();
    for (int group = 0; group < 200; group++) {
      for (int server = 0; server < 5; server++) {
        rows.grant("group" + group, "server" + (group + server) % 50);
      }
    }
    rows.grant("narrow", "server1");
    rows.rule("narrow", "server1", "get_*", true);
    rows.rule("narrow", "server1", "get_secret", false);
    for (int user = 0; user < 10_000; user++) {
      for (int group = 0; group < 3; group++) {
        rows.membership("user" + user + "@bench.example", "group" + (user + group * 7) % 200);
      }
    }
    rows.membership("narrow@bench.example", "narrow");
    Grants grants = rows.grants();
    policy = new Policy(() -> grants, () -> GrantsState.NEVER_READ, false, this);
    whole = user("user4711@bench.example");
    narrowed = user("narrow@bench.example");
  }

  private static Caller user(String email) {
    return new Caller.User(email, "", "", Set.of(), false, Proof.GATEWAY, Optional.empty());
  }

  @Benchmark
  public boolean wholeServer() {
    return policy.accessOf(whole).toolsOf("server11", Map.of()).test("get_issue");
  }

  @Benchmark
  public boolean narrowedByPatterns() {
    return policy.accessOf(narrowed).toolsOf("server1", Map.of()).test("get_issue");
  }

  @Override
  public Optional<List<String>> adminEmails() {
    return Optional.empty();
  }

  @Override
  public String adminGroup() {
    return "MCP-Admin";
  }

  @Override
  public GroupsFrom groupsFrom() {
    return GroupsFrom.BOTH;
  }

  @Override
  public Duration grantsMaxStale() {
    return Duration.ofMinutes(5);
  }
}
