package io.toolgate.product;

import io.toolgate.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request of which every byte is the test's own, for what a proper client would not send: foreign
 * hosts, broken paths, bodies that never end.
 */
public final class RawRequest {
  private static final int LIMIT_MILLIS = (int) Await.LIMIT.toMillis();

  private RawRequest() {}

  /**
   * Sends the lines of a request's head and its body as they are, and reads until the connection
   * ends; the head must therefore ask for {@code Connection: close}.
   *
   * @param head without the empty line at its end; lines end as in a Java text block
   */
  public static Answer send(String url, String head, byte[] body) {
    return send(url, head, body, null);
  }

  /**
   * The same from an address of this machine.
   *
   * @param from null for the usual one
   */
  public static Answer send(String url, String head, byte[] body, InetAddress from) {
    URI target = URI.create(url);
    try (Socket socket = new Socket(target.getHost(), target.getPort(), from, 0)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write((head.strip().replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      out.write(body);
      out.flush();
      return answer(socket.getInputStream());
    } catch (IOException e) {
      throw new AssertionError(head + " failed: " + e, e);
    }
  }

  /** What is answered first to this head, before any body is sent. */
  static String firstLine(String url, String head) {
    URI target = URI.create(url);
    try (Socket socket = new Socket(target.getHost(), target.getPort())) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket
          .getOutputStream()
          .write(
              (head.strip().replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      return line(socket.getInputStream());
    } catch (IOException e) {
      throw new AssertionError(head + " failed: " + e, e);
    }
  }

  /** Opens a connection, sends, and goes away without reading. */
  static void sendAndLeave(String url, String head, byte[] body) {
    URI target = URI.create(url);
    try (Socket socket = new Socket(target.getHost(), target.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write((head.strip().replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      out.write(body);
      out.flush();
    } catch (IOException e) {
      throw new AssertionError(head + " failed: " + e, e);
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    String status = line(in);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(":", 2);
      headers.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1].strip());
    }
    if (status.contains(" 100 ")) {
      return answer(in);
    }
    byte[] body =
        headers.containsKey("Content-Length")
            ? in.readNBytes(Integer.parseInt(headers.get("Content-Length").get(0)))
            : in.readAllBytes();
    return new Answer(
        Integer.parseInt(status.split(" ")[1]),
        HttpHeaders.of(headers, (name, value) -> true),
        body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    while (b != '\n') {
      if (b < 0) {
        throw new IOException("the connection ended within the head: " + line);
      }
      line.write(b);
      b = in.read();
    }
    byte[] bytes = line.toByteArray();
    int end = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    return new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8);
  }
}
