package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.Await;
import io.toolgate.tenant.ServerDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedToolsTest {
  private static final ServerDefinition SERVER = new Launched(Path.of("")).definition("");

  private final List<List<McpTool>> told = new ArrayList<>();
  private final List<List<McpTool>> learned = new ArrayList<>();
  private final ServedTools tools =
      new ServedTools(SERVER, Duration.ofSeconds(1), this::changed, learned::add);

  private void changed() {
    told.add(tools.current());
  }

  private static List<McpTool> list(String name) {
    return List.of(new McpTool(Json.MAPPER.createObjectNode().put("name", name)));
  }

  /** Whoever remembers a list tells of it after that; a server may become ready in between. */
  @Test
  void tellsBeforeASessionIsReadyEvenOfWhatWasRememberedAMomentAgo() {
    tools.remember(list("a"));

    tools.first(null, list("a"));

    assertEquals(List.of(list("a")), told);
    assertEquals(List.of(), learned);
  }

  @Test
  void tellsAndLearnsWhatWasNotKnown() {
    tools.remember(list("a"));

    tools.first(null, list("b"));

    assertEquals(List.of(list("b")), told);
    assertEquals(List.of(list("b")), learned);
    assertEquals(list("b"), tools.current());
  }

  @Test
  void asksTheServerWhenItToldAnotherToolgateSomethingElse() {
    Peer peer = new Peer();
    peer.answers("tools/list", parameters -> "{\"tools\":[{\"name\":\"c\"}]}");
    tools.first(peer.session, list("a"));

    tools.remember(list("b"));

    Await.until("the server's own answer counts", () -> tools.current().equals(list("c")));
    assertEquals(List.of(list("a")), learned); // or two Toolgates would ask each other for ever
  }

  @Test
  void takesWhatAnotherToolgateWasToldWhileItHasNoSession() {
    tools.first(null, list("a"));

    tools.remember(list("b"));

    assertEquals(list("b"), tools.current());
    assertEquals(List.of(list("a")), learned);
  }

  @Test
  void theOrderOfToolsIsNoChange() {
    List<McpTool> both = List.of(list("a").get(0), list("b").get(0));
    tools.first(null, both);

    tools.first(null, List.of(both.get(1), both.get(0)));

    assertEquals(both, tools.current());
    assertEquals(List.of(both), learned);
  }
}
