package io.toolgate.bench.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTTP request that is sent again and again. */
public record Request(URI address, String method, Map<String, String> headers, String body) {
  /** As it goes over the wire. */
  byte[] bytes() {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(method).append(' ').append(address.getRawPath());
    head.append(" HTTP/1.1\r\nHost: ").append(address.getAuthority()).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (!method.equals("GET")) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[first.length + content.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(content, 0, all, first.length, content.length);
    return all;
  }
}
