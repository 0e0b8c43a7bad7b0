package io.toolgate.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a proxy sees of oauth2-proxy with {@code --set-xauthrequest}: {@code /oauth2/auth} is 202
 * with headers that name the user, or 401. Here a cookie or a token names the user in clear.
 */
final class Authenticator implements AutoCloseable {
  private final HttpServer server;

  Authenticator() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/oauth2/auth", Authenticator::judge);
    server.createContext("/oauth2/sign_in", exchange -> answer(exchange, 200, "sign in"));
    server.start();
  }

  static String cookie(String user) {
    return "_oauth2_proxy=" + user;
  }

  private static void judge(HttpExchange exchange) throws IOException {
    String user = user(exchange);
    if (user == null) {
      answer(exchange, 401, "Unauthorized");
      return;
    }
    exchange.getResponseHeaders().set("X-Auth-Request-User", "id-of-" + user);
    exchange.getResponseHeaders().set("X-Auth-Request-Email", user + "@example.org");
    if (user.equals("carol")) {
      exchange.getResponseHeaders().set("X-Auth-Request-Groups", "Other,Sales");
    }
    answer(exchange, 202, "");
  }

  private static String user(HttpExchange exchange) {
    List<String> cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
    List<String> tokens = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
    if (cookies.size() == 1 && cookies.get(0).startsWith(cookie(""))) {
      return cookies.get(0).substring(cookie("").length());
    }
    if (tokens.size() == 1 && tokens.get(0).startsWith("Bearer token-of-")) {
      return tokens.get(0).substring("Bearer token-of-".length());
    }
    return null;
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes();
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
