package io.toolgate.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.toolgate.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A server behind a proxy: it answers with two events, of which the second comes only when it is
 * asked for, and shows the headers that reach it.
 */
final class Ticker implements AutoCloseable {
  private final HttpServer server;
  private final Semaphore more = new Semaphore(0);

  Ticker() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/q/health/ready", Ticker::ready);
    server.createContext("/events", this::tick);
    server.createContext("/headers", Ticker::show);
    server.start();
  }

  private static void ready(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static void show(HttpExchange exchange) throws IOException {
    byte[] headers =
        exchange.getRequestHeaders().entrySet().toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, headers.length);
    exchange.getResponseBody().write(headers);
    exchange.close();
  }

  private void tick(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      if (more.tryAcquire(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        out.write("data: two\n\n".getBytes(StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the second event come. */
  void goOn() {
    more.release();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
