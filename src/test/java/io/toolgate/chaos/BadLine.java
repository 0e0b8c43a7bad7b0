package io.toolgate.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to a remote server, which can be made bad while it is used.
 *
 * <p>Threading: two threads for each connection; the fault may change at any time and holds for
 * what is sent from then on.
 */
final class BadLine implements AutoCloseable {
  private final ServerSocket listening;
  private final URI server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = Fault.NONE;

  /** What happens to a request, or to its answer. */
  enum Fault {
    NONE,
    /** The connection is closed when a request comes. */
    CUT,
    /** The same with a reset. */
    RESET,
    /** The request gets through, and of its answer only the first half. */
    STALL,
    /** Something in between answers instead of the server. */
    HTTP_404,
    HTTP_429,
    HTTP_500;

    private String status() {
      return name().substring("HTTP_".length());
    }
  }

  private BadLine(URI server) throws IOException {
    this.server = server;
    this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  static BadLine to(URI server) throws IOException {
    return new BadLine(server);
  }

  /** The server's address by this way. */
  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort() + server.getPath();
  }

  /** From now on; what stalls already is cut when the line is good again. */
  void become(Fault next) {
    boolean stalled = fault == Fault.STALL;
    fault = next;
    if (stalled) {
      open.forEach(BadLine::cut);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "bad-line");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket behind = new Socket(server.getHost(), server.getPort());
        client.setTcpNoDelay(true);
        behind.setTcpNoDelay(true);
        open.add(client);
        open.add(behind);
        start(() -> pump(client, behind, true));
        start(() -> pump(behind, client, false));
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private void pump(Socket from, Socket to, boolean requests) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        int passed = requests ? request(from, n) : answer(n);
        out.write(buffer, 0, passed);
        out.flush();
      }
    } catch (IOException ended) {
      // one of both has gone away
    } finally {
      cut(from);
      cut(to);
      open.remove(from);
      open.remove(to);
    }
  }

  /** How much of the request gets through. */
  private int request(Socket client, int size) throws IOException {
    Fault now = fault;
    switch (now) {
      case NONE, STALL -> {
        return size;
      }
      case RESET -> client.setSoLinger(true, 0);
      case CUT -> {}
      default ->
          client
              .getOutputStream()
              .write(
                  ("HTTP/1.1 "
                          + now.status()
                          + " Bad\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                      .getBytes(StandardCharsets.US_ASCII));
    }
    throw new IOException("cut");
  }

  private int answer(int size) {
    return fault == Fault.STALL ? size / 2 : size;
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(BadLine::cut);
  }
}
