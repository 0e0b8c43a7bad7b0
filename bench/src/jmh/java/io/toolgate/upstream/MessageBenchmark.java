package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** JSON-RPC: a call to bytes, and the bytes of an answer to its result. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MessageBenchmark {
  /** Characters of the text that is said and answered. */
  @Param({"5", "5000"})
  private int length;

  private ObjectNode arguments;
  private byte[] answer;

  @Setup
  public void prepare() {
    String text = "é\"hello ".repeat(length / 8 + 1).substring(0, length);
    arguments = Json.MAPPER.createObjectNode().put("message", text);
    ObjectNode message = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0").put("id", 4711);
    ObjectNode result = message.putObject("result").put("isError", false);
    result.putArray("content").addObject().put("type", "text").put("text", text);
    answer = message.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public byte[] encode() throws IOException {
    ObjectNode message = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
    message.put("method", "tools/call");
    ObjectNode params = message.putObject("params").put("name", "echo");
    params.set("arguments", arguments);
    params.putObject("_meta").put("progressToken", 4711L);
    message.put("id", 4711L);
    return Json.MAPPER.writeValueAsBytes(message);
  }

  @Benchmark
  public JsonNode decode() throws IOException {
    return Json.MAPPER.readTree(answer).get("result");
  }
}
