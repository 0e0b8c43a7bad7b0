package io.toolgate.bench.program;

import io.toolgate.bench.load.Request;
import io.toolgate.bench.report.CpuTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The plain endpoint, run by the same JVM with the same flags as Toolgate. */
public final class Hello implements AutoCloseable {
  private final Child child;
  private final Request request;

  private Hello(Child child, Request request) {
    this.child = child;
    this.request = request;
  }

  public static Hello start(Workspace workspace, List<String> flags)
      throws IOException, InterruptedException {
    int port = Workspace.freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-jar");
    command.add(
        workspace.home().resolve("bench/hello/target/quarkus-app/quarkus-run.jar").toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(workspace.file("hello.log").toFile());
    Child child = Child.start(builder, Map.of("PORT", "" + port));
    URI address = URI.create("http://127.0.0.1:" + port + "/hello");
    Hello hello = new Hello(child, new Request(address, "GET", Map.of(), ""));
    hello.await();
    return hello;
  }

  private void await() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest get = HttpRequest.newBuilder(request.address()).build();
    for (int i = 0; ; i++) {
      child.mustRun();
      try {
        if (client.send(get, HttpResponse.BodyHandlers.ofString()).body().equals("hello")) {
          return;
        }
      } catch (IOException e) {
        if (i > 3000) {
          throw e;
        }
      }
      Thread.sleep(10);
    }
  }

  public Request request() {
    return request;
  }

  /** Seconds of CPU of the process. */
  public double cpuSeconds() {
    return CpuTime.of(child.pid());
  }

  @Override
  public void close() {
    child.close();
  }
}
