package io.toolgate.openwebui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A scripted HTTP server on a free loopback port that hands requests over as they were written.
 *
 * <p>The JDK's own server is of no use here: it takes {@code //openapi.json} for a host name.
 *
 * <p>Threading: one thread answers one connection after another; {@link #requests} may be read from
 * any thread once the client has its answer.
 */
final class LoopbackServer implements AutoCloseable {
  /** A request; header names are in lower case, the target is the raw one. */
  record Request(String method, String target, Map<String, String> headers, String body) {}

  /** An answer; its length is added. */
  record Response(int status, Map<String, String> headers, byte[] body) {
    static Response json(int status, String body) {
      return of(status, Map.of("Content-Type", "application/json"), body);
    }

    static Response of(int status, Map<String, String> headers, String body) {
      return new Response(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    Response with(Map<String, String> more) {
      Map<String, String> all = new TreeMap<>(headers);
      all.putAll(more);
      return new Response(status, all, body);
    }
  }

  private final ServerSocket socket;
  private final Function<Request, Response> script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  LoopbackServer(Function<Request, Response> script) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread thread = new Thread(this::serve, "loopback-server");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  List<Request> requests() {
    return requests;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        Request request = read(connection.getInputStream());
        requests.add(request);
        connection.getOutputStream().write(bytes(script.apply(request)));
      } catch (IOException | RuntimeException e) {
        // The client sees a broken connection and its test fails; closing ends the loop.
      }
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] start = line(in).split(" ");
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] header = line.split(":", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1].trim());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(start[0], start[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the request ended early");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  private static byte[] bytes(Response response) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " x\r\n");
    response.headers().forEach((n, v) -> head.append(n).append(": ").append(v).append("\r\n"));
    if (response.status() != 204 && response.status() != 304) {
      head.append("Content-Length: ").append(response.body().length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(head.toString().getBytes(StandardCharsets.UTF_8));
    all.write(response.body());
    return all.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
