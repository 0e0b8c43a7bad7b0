package io.toolgate.bench.figure;

import io.toolgate.bench.load.HttpConnection;
import io.toolgate.bench.load.Load;
import io.toolgate.bench.load.Request;
import io.toolgate.bench.load.Wrk;
import io.toolgate.bench.program.Hello;
import io.toolgate.bench.program.Toolgate;
import io.toolgate.bench.report.Others;
import io.toolgate.bench.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The OpenAPI document: from cache, the first of many tools, and one for each of many different
 * sets of grants, of which no cache can hold all for nothing.
 */
public final class Documents implements Figure {
  private static final int OWN_TOOLS = 3;
  private static final double GOAL = 10_000;
  private static final double BUILD_GOAL = 150;

  private static final String NO_SETS =
      """
      DELETE FROM group_tool_mapping WHERE group_name LIKE 'Set%';
      DELETE FROM group_tenant_mapping WHERE group_name LIKE 'Set%';
      DELETE FROM user_group_membership WHERE group_name LIKE 'Set%';
      """;

  /** Changes after which the JVM has compiled what it needs to write documents. */
  private static final int WARM_UP = 12;

  @Override
  public void measure(Run run) throws Exception {
    try (Toolgate toolgate = Toolgate.start(run.workspace(), tools(run, 500))) {
      cached(run, toolgate);
      manySets(run, toolgate);
    }
    for (int start = 0; start < Math.min(5, run.effort().starts()); start++) {
      afterStart(run);
    }
    afterChange(run);
    judgeFirst(run);
  }

  private static Map<String, List<String>> tools(Run run, int count) {
    String more = Integer.toString(count - OWN_TOOLS);
    return Map.of("tools" + count, List.of(run.workspace().echo().toString(), "--tools", more));
  }

  private static void cached(Run run, Toolgate toolgate) throws Exception {
    Report report = run.report();
    try (Hello hello = Hello.start(run.workspace(), toolgate.flags())) {
      Request document = toolgate.document(Toolgate.USER);
      Wrk wrk = run.wrk(64);
      run.warmUp(wrk, document);
      run.warmUp(wrk, hello.request());
      for (int round = 0; round < run.effort().rounds(); round++) {
        Others others = Others.sinceNow();
        report.sample("documents.hello", wrk.rate(hello.request(), run.effort().seconds()));
        report.sample("documents.cached", wrk.rate(document, run.effort().seconds()));
        report.sample("documents.others", others.share());
      }
    }
    double median = report.samples("documents.cached").median();
    report.judged(
        "`GET /openapi.json`, 500 tools, gzip, from cache, 64 connections",
        "at least 10,000/s",
        "documents.cached",
        "%.0f/s",
        String.format(
            Locale.ROOT, "%.3f of `hello`", median / report.samples("documents.hello").median()),
        median >= GOAL);
  }

  /** In a JVM that has just started, as the first user after a start gets it. */
  private static void afterStart(Run run) throws Exception {
    int tools = run.effort().tools();
    try (Toolgate toolgate = Toolgate.start(run.workspace(), tools(run, tools));
        HttpConnection connection = new HttpConnection(toolgate.document(Toolgate.USER))) {
      run.report().sample("documents.started", milliseconds(connection));
      long first = connection.length();
      run.report().sample("documents.started.second", milliseconds(connection));
      mustHold(toolgate, tools);
      if (first < 0.9 * connection.length()) {
        throw new IOException("The first document lacks tools, though the server is ready.");
      }
    }
  }

  /** In a JVM that has served, at the moment when a server has become ready with other tools. */
  private static void afterChange(Run run) throws Exception {
    int tools = run.effort().tools();
    int changes = run.effort().smoke() ? 1 : WARM_UP + Math.min(5, run.effort().starts());
    try (Toolgate toolgate = Toolgate.start(run.workspace(), tools(run, tools));
        HttpConnection connection = new HttpConnection(toolgate.document(Toolgate.USER))) {
      milliseconds(connection);
      for (int change = 1; change <= changes; change++) {
        int count = tools + change;
        toolgate.define(Map.of("tools" + tools, tools(run, count).get("tools" + count)));
        toolgate.awaitTools(count);
        double first = milliseconds(connection);
        if (change > changes - 5) {
          run.report().sample("documents.changed", first);
        }
        mustHold(toolgate, count);
      }
    }
  }

  private static void mustHold(Toolgate toolgate, int tools) throws Exception {
    String text = toolgate.answer(toolgate.plainDocument(Toolgate.USER)).body();
    int found = text.split("\"operationId\":", -1).length - 1;
    if (found != tools) {
      throw new IOException("The document has " + found + " tools of " + tools + ".");
    }
  }

  private static double milliseconds(HttpConnection connection) throws IOException {
    long begun = System.nanoTime();
    connection.exchange();
    return (System.nanoTime() - begun) / 1e6;
  }

  private static void judgeFirst(Run run) {
    Report report = run.report();
    String first = String.format(Locale.ROOT, "first document of %,d tools ", run.effort().tools());
    report.judged(
        first + "after a change, warm",
        "under 150 ms",
        "documents.changed",
        "%.0f ms",
        "",
        report.samples("documents.changed").median() < BUILD_GOAL);
    report.judged(
        first + "after a start, at the moment of ready",
        "under 150 ms",
        "documents.started",
        "%.0f ms",
        "",
        report.samples("documents.started").median() < BUILD_GOAL);
    report.beside("the second after a start", "documents.started.second", "%.1f ms");
  }

  private static void manySets(Run run, Toolgate toolgate) throws Exception {
    Report report = run.report();
    int sets = run.effort().sets();
    String all = sets + " sets of grants over 500 tools, ";
    toolgate.sql(grants("tools500", sets));
    Request last = toolgate.document(user(sets - 1));
    toolgate.await("the grants are true", () -> toolgate.answer(last).body().length() > 2000);
    report.sample("documents.sets.before", toolgate.residentMegabytes());
    List<Request> users =
        IntStream.range(0, sets).mapToObj(i -> toolgate.document(user(i))).toList();
    for (int round = 0; round < 3; round++) {
      Others others = Others.sinceNow();
      try (Load load = new Load(8, users, n -> (int) (n % sets))) {
        Load.Result result = load.closed(sets, 600);
        if (result.errors() > 0) {
          throw new IOException("Answered " + result.firstError());
        }
        report.sample("documents.sets.rate." + round, result.rate());
      }
      report.sample("documents.sets.memory", toolgate.residentMegabytes());
      report.sample("documents.sets.others", others.share());
    }
    toolgate.sql(NO_SETS); // which the figures after this one would have to read at each start
    report.beside(all + "first of each", "documents.sets.rate.0", "%.0f/s");
    report.beside(all + "second of each", "documents.sets.rate.1", "%.0f/s");
    report.beside(all + "third of each", "documents.sets.rate.2", "%.0f/s");
    report.beside(all + "resident before", "documents.sets.before", "%.0f MB");
    report.beside(all + "resident after each round", "documents.sets.memory", "%.0f MB");
  }

  private static String user(int set) {
    return "set" + set + "@bench.example";
  }

  /** Each set lacks two other tools, so that all documents are large and none is another's. */
  private static String grants(String server, int sets) {
    StringBuilder members = new StringBuilder("INSERT INTO user_group_membership VALUES ");
    StringBuilder servers = new StringBuilder("INSERT INTO group_tenant_mapping VALUES ");
    StringBuilder tools = new StringBuilder("INSERT INTO group_tool_mapping VALUES ");
    for (int i = 0; i < sets; i++) {
      String end = i < sets - 1 ? "," : " ON CONFLICT DO NOTHING;";
      int one = 1 + i % 490;
      int other = 1 + (one + i / 490) % 490;
      members.append(String.format("('%s', 'Set%d')%s", user(i), i, end));
      servers.append(String.format("('Set%d', '%s')%s", i, server, end));
      tools.append(String.format("('Set%d', '%s', '*_%04d', false),", i, server, one));
      tools.append(String.format("('Set%d', '%s', '*_%04d', false)%s", i, server, other, end));
    }
    return members.append(servers).append(tools).toString();
  }
}
