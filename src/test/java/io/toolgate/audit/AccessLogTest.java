package io.toolgate.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.toolgate.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogTest {
  private static final Logger CATEGORY = Logger.getLogger("toolgate.access");

  private final List<String> lines = new ArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final AccessLog accessLog = new AccessLog(metrics);

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    CATEGORY.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    CATEGORY.removeHandler(handler);
  }

  private void called(String server, String tool, boolean known, int status) {
    called(Optional.empty(), server, tool, known, status);
  }

  private void called(
      Optional<String> group, String server, String tool, boolean known, int status) {
    accessLog.called(
        "abc-1", new Caller.Anonymous(), group, server, tool, known, status, 12_345_678L);
  }

  @ParameterizedTest
  @CsvSource({
    "read_file, read_file",
    "a.b-c_d@e/f:1, a.b-c_d@e/f:1",
    "'', '\"\"'",
    "two words, '\"two words\"'",
    "'say \"hi\"', '\"say \\\"hi\\\"\"'",
    "'back\\slash', '\"back\\\\slash\"'",
    "a=b, '\"a=b\"'",
    "grün, '\"gr\\u00fcn\"'",
    "'\u202Egnp', '\"\\u202egnp\"'",
  })
  void quotesWhatIsNotPlain(String value, String field) {
    assertEquals(field, AccessLog.field(value));
  }

  @Test
  void escapesWhatWouldForgeALine() {
    assertEquals(
        "\"x\\u000d\\u000a2026-01-01 INFO forged\\u0000\\u001b[31m\"",
        AccessLog.field("x\r\n2026-01-01 INFO forged\0\u001B[31m"));
  }

  @Test
  void boundsEachField() {
    assertEquals("x".repeat(100), AccessLog.field("x".repeat(100)));
    assertEquals("\"" + "x".repeat(100) + "...\"", AccessLog.field("x".repeat(101)));
  }

  @Test
  void isPrintableAsciiWhateverComes() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder value = new StringBuilder();
      random.ints(random.nextInt(200), 0, 0x10000).forEach(c -> value.append((char) c));

      String field = AccessLog.field(value.toString());

      assertTrue(field.chars().allMatch(c -> c >= ' ' && c < 127), field);
      assertTrue(field.length() <= 6 * 100 + 5);
    }
  }

  @Test
  void writesOneLinePerCall() {
    called("files", "read file", true, 422);

    assertEquals(
        List.of("id=abc-1 caller=anonymous server=files tool=\"read file\" status=422 ms=12.3"),
        lines);
  }

  @Test
  void namesTheGroupThroughWhichACallCame() {
    called(Optional.of("Sales / EU\n"), "files", "read", true, 200);

    assertEquals(
        List.of(
            "id=abc-1 caller=anonymous group=\"Sales / EU\\u000a\" server=files tool=read status=200 ms=12.3"),
        lines);
  }

  @Test
  void countsCallsByServerAndStatus() {
    called("files", "a", true, 200);
    called("files", "b", true, 200);
    called("files", "b", true, 504);

    assertEquals(
        2, metrics.get("toolgate.calls").tags("server", "files", "status", "200").timer().count());
    assertEquals(
        1, metrics.get("toolgate.calls").tags("server", "files", "status", "504").timer().count());
  }

  @Test
  void namesThatCallersInventMakeNoMetrics() {
    for (int i = 0; i < 100; i++) {
      called("invented" + i, "x", false, 404);
    }

    assertEquals(1, metrics.getMeters().size());
    assertEquals(100, metrics.get("toolgate.calls").tag("server", "unknown").timer().count());
  }
}
