package io.toolgate.deploy;

import io.toolgate.Await;
import io.toolgate.FreePort;
import io.toolgate.product.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Debian's Caddy or nginx with the file that is shipped for it, on free ports of loopback and
 * without TLS.
 *
 * @param tools where Toolgate is reached through it
 * @param chat where Open WebUI is; null where the file has none
 */
record FrontProxy(String name, Process process, String tools, String chat)
    implements AutoCloseable {
  /**
   * @param toolgate its address, or several with spaces
   */
  static FrontProxy caddy(Path folder, String toolgate, String authenticator, String secret) {
    return caddy("Caddyfile", folder, toolgate, authenticator, secret, "127.0.0.1:9");
  }

  /** With the file for a Toolgate that proves its callers itself. */
  static FrontProxy caddyForKeys(Path folder, String toolgate) {
    return caddy("Caddyfile.key", folder, toolgate, "", "", "");
  }

  static FrontProxy caddy(
      String name,
      Path folder,
      String toolgate,
      String authenticator,
      String secret,
      String openWebUi) {
    String caddy = Requires.caddy().toString();
    String tools = "http://localhost:" + FreePort.next();
    String chat = "http://localhost:" + FreePort.next();
    Map<String, String> environment = new HashMap<>();
    environment.put("DOMAIN", chat);
    environment.put("TOOLGATE_DOMAIN", tools);
    environment.put("TOOLGATE", toolgate);
    environment.put("AUTHENTICATOR", authenticator);
    environment.put("OPEN_WEBUI", openWebUi);
    environment.put("GATEWAY_SHARED_SECRET", secret);
    environment.put("CADDY_ADMIN", "127.0.0.1:" + FreePort.next());
    environment.put("XDG_DATA_HOME", folder.toString());
    environment.put("XDG_CONFIG_HOME", folder.toString());
    String file = Path.of("deploy/caddy", name).toAbsolutePath().toString();
    List<String> words = List.of(caddy, "run", "--adapter", "caddyfile", "--config", file);
    return new FrontProxy("Caddy", start(folder, environment, words), tools, chat).await(folder);
  }

  static FrontProxy nginx(Path folder, String toolgate, String authenticator, String secret) {
    Path nginx = Requires.nginx();
    int port = FreePort.next();
    Path main = folder.resolve("nginx.conf");
    try {
      Path key =
          Files.writeString(
              folder.resolve("secret.conf"), "proxy_set_header X-Gateway-Secret " + secret + ";");
      String shipped =
          Files.readString(Path.of("deploy/nginx/toolgate.conf"))
              .replace("listen 80;", "listen 127.0.0.1:" + port + ";")
              .replace("server 127.0.0.1:8000;", "server " + toolgate + ";")
              .replace("server 127.0.0.1:4180;", "server " + authenticator + ";")
              .replace("/etc/nginx/toolgate-secret.conf", key.toString());
      Path site = Files.writeString(folder.resolve("site.conf"), shipped);
      Files.writeString(
          main,
          """
          daemon off; pid nginx.pid; error_log stderr;
          events {}
          http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f;
            uwsgi_temp_path u; scgi_temp_path s; include %s; }
          """
              .formatted(site));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> words =
        List.of(nginx.toString(), "-p", folder.toString(), "-c", main.toString(), "-e", "stderr");
    String tools = "http://localhost:" + port;
    return new FrontProxy("nginx", start(folder, Map.of(), words), tools, null).await(folder);
  }

  private static Process start(Path folder, Map<String, String> environment, List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.directory(folder.toFile()).redirectOutput(folder.resolve("log").toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      // A test run that is ended itself leaves nothing behind.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FrontProxy await(Path folder) {
    int port = Integer.parseInt(tools.substring(tools.lastIndexOf(':') + 1));
    Await.until(
        name + " has started", () -> !process.isAlive() || accepts(port), () -> log(folder));
    if (!process.isAlive()) {
      throw new AssertionError(name + " does not start:\n" + log(folder));
    }
    return this;
  }

  private static String log(Path folder) {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    Await.end(process);
  }

  @Override
  public String toString() {
    return name;
  }
}
