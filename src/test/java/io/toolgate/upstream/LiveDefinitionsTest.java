package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.tenant.Definitions;
import io.toolgate.tenant.Enablement;
import io.toolgate.tenant.TenantFiles;
import io.toolgate.tenant.TenantMistakes;
import io.toolgate.tenant.Variables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveDefinitionsTest {
  private static final String CAT = "{\"command\": \"/bin/cat\"}";

  @TempDir Path folder;
  private final Upstreams upstreams = Upstreaming.alone();
  private final LiveDefinitions definitions = new LiveDefinitions(upstreams);

  @BeforeEach
  void begin() {
    write("\"a\": " + CAT + ", \"b\": " + CAT);
    definitions.begin(this::read);
    upstreams.start();
  }

  @AfterEach
  void end() {
    upstreams.stop(Duration.ofSeconds(20));
  }

  private Definitions read() {
    return TenantFiles.read(
        List.of(folder),
        Variables.of(Map.of(), Map.of()),
        new Enablement(false, Set.of(), Set.of()));
  }

  private void write(String servers) {
    try {
      Files.writeString(folder.resolve("s.json"), "{\"mcpServers\": {" + servers + "}}");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private List<String> names() {
    return upstreams.all().stream().map(upstream -> upstream.definition().name()).toList();
  }

  private Upstream server(String name) {
    return upstreams.find(name).orElseThrow();
  }

  @Test
  void whatIsAsItWasIsNotTouched() {
    Upstream a = server("a");
    Upstream b = server("b");

    write(
        "\"b\": {\"command\": \"/bin/cat\", \"args\": [\"-\"]}, \"c\": " + CAT + ", \"a\": " + CAT);
    definitions.reload();

    assertEquals(List.of("b", "c", "a"), names());
    assertSame(a, server("a"));
    assertNotSame(b, server("b"));
    Await.until("the old one has ended", () -> b.state() instanceof UpstreamState.Stopped);
    assertEquals(1, a.starts());
  }

  @Test
  void anotherNameForPeopleEndsNoServer() {
    Upstream a = server("a");

    write("\"a\": {\"command\": \"/bin/cat\", \"displayName\": \"The A\"}");
    definitions.reload();

    assertSame(a, server("a"));
    assertEquals("The A", a.definition().displayName());
    assertEquals(List.of("a"), names());
  }

  @Test
  void aMistakeChangesNothingAndIsToldOnceUntilItIsMended() {
    Upstream a = server("a");
    write("\"a\": {\"command\": 5}, \"c\": " + CAT);

    definitions.reload();
    assertEquals(List.of("a", "b"), names());
    assertSame(a, server("a"));
    LiveDefinitions.Refused refused = definitions.refused().orElseThrow();
    assertTrue(refused.mistakes().get(0).contains("/mcpServers/a/command"), refused.toString());
    definitions.reload();
    assertSame(refused, definitions.refused().orElseThrow());

    write("\"a\": " + CAT);
    definitions.reload();
    assertTrue(definitions.refused().isEmpty());
    assertEquals(List.of("a"), names());
    assertSame(a, server("a"));
  }

  @Test
  void anotherMistakeIsToldToo() {
    write("\"a\": {\"command\": 5}");
    definitions.reload();
    Instant since = definitions.refused().orElseThrow().since();

    write("\"a\": {\"url\": 5}");
    definitions.reload();

    LiveDefinitions.Refused refused = definitions.refused().orElseThrow();
    assertTrue(refused.mistakes().toString().contains("url"), refused.toString());
    assertFalse(refused.since().isBefore(since));
  }

  @Test
  void aMistakeAtTheBeginningIsForWhoeverStarts() {
    write("\"a\": {\"command\": 5}");
    LiveDefinitions first = new LiveDefinitions(Upstreaming.alone());

    assertThrows(TenantMistakes.class, () -> first.begin(this::read));
  }

  @Test
  void aServerThatComesBackBeginsAnew() {
    Upstream b = server("b");
    write("\"a\": " + CAT);
    definitions.reload();

    write("\"a\": " + CAT + ", \"b\": " + CAT);
    definitions.reload();

    assertNotSame(b, server("b"));
  }
}
