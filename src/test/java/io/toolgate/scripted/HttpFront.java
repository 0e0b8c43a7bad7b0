package io.toolgate.scripted;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * The HTTP server before the transports: a free loopback port, and every way to turn a request
 * away.
 *
 * <p>Threading: each request has a thread of its own while it is read; answers may come from
 * others.
 */
final class HttpFront implements HttpHandler {
  private static final int TEMPORARY_REDIRECT = 307;
  private static final String MOVED = "/moved";

  private final Options options;
  private final HttpHandler transport;
  private final String path;

  private HttpFront(Script script) {
    options = script.options();
    boolean sse = options.text(Option.HTTP).filter("sse"::equals).isPresent();
    transport = sse ? new SseTransport(script) : new StreamableTransport(script);
    path = sse ? "/sse" : "/mcp";
  }

  /** Listens, and says where as the first line on {@code out}. */
  static void serve(Script script, OutputStream out) throws IOException {
    // Otherwise small answers wait 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    HttpFront front = new HttpFront(script);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "http");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", front);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + front.path;
    out.write(("listening on " + url + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestURI().getPath();
    boolean main = asked.equals(path);
    boolean post = exchange.getRequestMethod().equals("POST");
    Optional<String> redirect = options.text(Option.REDIRECT);
    if (!hasRequiredHeader(exchange)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      respond(exchange, 401, "a header is missing");
    } else if (main && redirect.isPresent()) {
      exchange.getResponseHeaders().set("Location", redirect.get());
      respond(exchange, TEMPORARY_REDIRECT, "");
    } else if (main && post && options.has(Option.REFUSE)) {
      respond(exchange, options.number(Option.REFUSE).getAsInt(), "refused");
    } else if (main || asked.equals(MOVED) || asked.equals(SseTransport.MESSAGES)) {
      transport.handle(exchange);
    } else {
      respond(exchange, 404, "no such page");
    }
  }

  private boolean hasRequiredHeader(HttpExchange exchange) {
    return options.all(Option.REQUIRE_HEADER).stream()
        .map(header -> header.split("=", 2))
        .allMatch(header -> header[1].equals(exchange.getRequestHeaders().getFirst(header[0])));
  }

  /** Ends an exchange with a plain text, or with nothing where the text is empty. */
  static void respond(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }
}
