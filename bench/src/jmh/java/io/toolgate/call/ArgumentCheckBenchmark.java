package io.toolgate.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Arguments that fit: of a tool with one text, and of one such as the well-known servers have. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ArgumentCheckBenchmark {
  private ArgumentCheck plain;
  private ObjectNode plainArguments;
  private ArgumentCheck rich;
  private ObjectNode richArguments;

  @Setup
  public void prepare() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    plain =
        ArgumentCheck.compile(
            json.readTree(
                """
                {"type":"object","properties":{"message":{"type":"string","maxLength":100000}},
                 "required":["message"],"additionalProperties":false}"""));
    plainArguments = (ObjectNode) json.readTree("{\"message\":\"hello\"}");
    rich =
        ArgumentCheck.compile(
            json.readTree(
                """
                {"type":"object","properties":{
                  "query":{"type":"string","minLength":1,"maxLength":500},
                  "kind":{"type":"string","enum":["issues","invoices","commits","meetings"]},
                  "labels":{"type":"array","items":{"type":"string","maxLength":50},"maxItems":20},
                  "period":{"type":"object","properties":{"from":{"type":"string","format":"date"},
                    "to":{"type":"string","format":"date"}},"additionalProperties":false},
                  "author":{"type":["string","null"]},
                  "amount":{"anyOf":[{"type":"number","minimum":0},{"type":"object",
                    "properties":{"least":{"type":"number"},"most":{"type":"number"}}}]},
                  "page":{"type":"integer","minimum":1,"maximum":1000},
                  "per_page":{"type":"integer","minimum":1,"maximum":100}},
                 "required":["query"],"additionalProperties":false}"""));
    richArguments =
        (ObjectNode)
            json.readTree(
                """
                {"query":"late invoices","kind":"invoices","labels":["urgent","europe"],
                 "period":{"from":"2026-01-01","to":"2026-06-30"},"author":null,
                 "amount":{"least":100},"page":1,"per_page":20}""");
  }

  @Benchmark
  public ObjectNode plain() {
    return plain.check(plainArguments);
  }

  @Benchmark
  public ObjectNode rich() {
    return rich.check(richArguments);
  }
}
