package io.toolgate.scripted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One message per line on standard input and output.
 *
 * <p>Threading: one thread reads and runs what it read, so requests start in the order they came.
 */
final class StdioTransport {
  private final StdoutChannel out;
  private final Session session;

  StdioTransport(Script script, OutputStream out) {
    this.out = new StdoutChannel(out);
    script.options().all(Option.BANNER).forEach(this.out::line);
    session = script.open(this.out);
  }

  void serve(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      receive(line);
    }
  }

  private void receive(String line) {
    JsonNode message;
    try {
      message = Json.read(line);
    } catch (JsonProcessingException e) {
      ObjectNode answer = Json.message().set("id", NullNode.getInstance());
      answer.putObject("error").put("code", -32700).put("message", "The line is not JSON");
      out.send(answer);
      return;
    }
    session.receive(message, Json.object(), out);
  }
}
