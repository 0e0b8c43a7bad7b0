package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.tenant.Transport;
import io.toolgate.upstream.Connection.Effect;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The children are true processes: small shell scripts. */
class StdioConnectionTest {
  @TempDir Path folder;

  private final Heard heard = new Heard();
  private final Children children = Walls.none();
  private final StderrTail stderr = new StderrTail(Set.of("s3cret-value"));
  private StdioConnection connection;

  private void open(String script) throws IOException {
    open(shell(script));
  }

  private void open(Transport.Stdio transport) throws IOException {
    connection = StdioConnection.open("s", transport, stderr, heard, children);
  }

  private void close() {
    Await.result(connection.close());
  }

  @AfterEach
  void end() {
    if (connection != null) {
      close();
    }
  }

  @Test
  void receivesOneMessagePerLine() throws Exception {
    open("printf '{\"method\":\"1\"}\\n\\n  {\"method\":\"2\"}\\r\\n[{\"method\":\"3\"}]\\n'; cat");

    assertEquals(Peer.json("{\"method\":\"1\"}"), heard.next());
    assertEquals(Peer.json("{\"method\":\"2\"}"), heard.next());
    assertEquals(Peer.json("{\"method\":\"3\"}"), heard.next());
  }

  @Test
  void sendsOneMessagePerLine() throws Exception {
    open("cat");

    connection.send(Peer.object().put("method", "one\ntwo ü \u2028"), Map.of());

    assertEquals(Peer.object().put("method", "one\ntwo ü \u2028"), heard.next());
  }

  @Test
  void skipsWhatIsNoMessage() throws Exception {
    open("echo 'Listening, key s3cret-value'; echo '{broken'; echo '{\"method\":\"1\"}'; cat");

    assertEquals(Peer.json("{\"method\":\"1\"}"), heard.next());
    assertEquals(List.of("Listening, key ***", "{broken"), stderr.lines());
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0, The server's process ended with exit code 0.",
    "exit 3, The server's process ended with exit code 3.",
    "exit 255, The server's process ended with exit code 255.",
    "kill -9 $$, The server's process was ended by signal 9.",
  })
  void saysHowTheChildEnded(String script, String reason) throws Exception {
    open(script);

    assertEquals(reason, heard.end());
  }

  @Test
  void reportsTheEndOnce() throws Exception {
    open("cat");

    close();
    close();
    heard.end();
    close();

    assertEquals(1, heard.closed.size());
  }

  @Test
  void knowsTheLastWordsWhenItReportsTheEnd() throws Exception {
    open("for i in 1 2 3; do echo \"line $i\" >&2; done; exit 1");

    heard.end();

    assertEquals(List.of("line 1", "line 2", "line 3"), stderr.lines());
  }

  @Test
  void doesNotWaitForStreamsThatAGrandchildHoldsOpen() throws Exception {
    open("sleep 300 & echo \"{\\\"method\\\":\\\"m\\\",\\\"pid\\\":$!}\"; exit 1");
    long grandchild = heard.next().get("pid").longValue();

    assertEquals("The server's process ended with exit code 1.", heard.end());
    ProcessHandle.of(grandchild).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void closingEndsGrandchildrenToo() throws Exception {
    open("sleep 300 & echo \"{\\\"method\\\":\\\"m\\\",\\\"pid\\\":$!}\"; cat");
    long grandchild = heard.next().get("pid").longValue();
    assertTrue(Await.alive(grandchild));

    close();

    Await.dead(grandchild);
  }

  @Test
  void closingEndsAChildThatIgnoresItsInputAndTermination() throws Exception {
    open(
        "trap '' TERM; echo \"{\\\"method\\\":\\\"m\\\",\\\"pid\\\":$$}\"; while :; do sleep 1; done");
    long child = heard.next().get("pid").longValue();

    close();

    Await.dead(child);
    assertEquals("The server's process was ended by signal 9.", heard.end());
  }

  @Test
  void closingLeavesTheChildTimeToEndByItself() throws Exception {
    open("cat >/dev/null; echo saved > state");

    close();

    assertEquals("saved\n", Files.readString(folder.resolve("state")));
  }

  @Test
  void whatWasQueuedBeforeTheCloseIsWritten() throws Exception {
    open("cat > all");
    IntStream.range(0, 1000).forEach(i -> connection.send(Peer.object().put("n", i), Map.of()));

    close();

    assertEquals(1000, Files.readAllLines(folder.resolve("all")).size());
  }

  @Test
  void endsAChildThatHasClosedItsInput() throws Exception {
    open("exec <&-; echo '{\"method\":\"m\"}'; exec sleep 300");
    heard.next();

    connection.send(Peer.object(), Map.of());

    assertEquals("The server's process was ended by signal 15.", heard.end());
  }

  @Test
  void endsAChildThatHasClosedItsOutput() throws Exception {
    open("echo \"{\\\"method\\\":\\\"m\\\",\\\"pid\\\":$$}\"; exec >&-; exec sleep 300");
    long child = heard.next().get("pid").longValue();

    assertEquals("The server closed its standard output.", heard.end());
    Await.dead(child);
  }

  @Test
  void leavesNoThreadAndNoPipeBehind() throws Exception {
    int rounds = 20;
    open("cat");
    close();
    Await.until("the first has no threads left", () -> threads() == 0);
    long pipes = pipes();

    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      Heard one = new Heard();
      StdioConnection child =
          StdioConnection.open(
              "s",
              shell(
                  "(trap '' TERM; while :; do sleep 1; done) & echo \"{\\\"method\\\":\\\"m\\\",\\\"pid\\\":$$}\"; cat"),
              stderr,
              one,
              children);
      ProcessHandle.of(one.next().get("pid").longValue()).orElseThrow().destroyForcibly();
      ends.add(CompletableFuture.runAsync(one::end).thenCompose(ended -> child.close()));
    }
    ends.forEach(CompletableFuture::join);

    Await.until("no thread is left", () -> threads() == 0);
    Await.until("no pipe is left", () -> pipes() <= pipes);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("mcp-s-"))
        .count();
  }

  /** The pipes of this process; none where they cannot be counted. */
  private static long pipes() {
    File[] open = new File("/proc/self/fd").listFiles();
    return Stream.of(open == null ? new File[0] : open).filter(StdioConnectionTest::isPipe).count();
  }

  private static boolean isPipe(File descriptor) {
    try {
      return Files.readSymbolicLink(descriptor.toPath()).toString().startsWith("pipe:");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  private Transport.Stdio shell(String script) {
    return new Transport.Stdio(
        "/bin/sh", List.of("-c", script), Map.of("OWN", "given"), Optional.of(folder));
  }

  @Test
  void nothingCanBeSentAfterTheEnd() throws Exception {
    open("exit 3");
    heard.end();

    connection.send(Peer.object(), Map.of());

    assertEquals(Effect.NONE, heard.notSent.get(0).effect());
    assertEquals("The server's process ended with exit code 3.", heard.notSent.get(0).reason());
  }

  @Test
  void whatIsSentWhileItEndsIsToldHowItEnded() throws Exception {
    open("trap '' TERM; read x; echo 'last words' >&2; exit 3");
    CompletableFuture<Void> closing = connection.close();

    connection.send(Peer.object(), Map.of());

    closing.join();
    heard.end();
    assertEquals("The server's process ended with exit code 3.", heard.notSent.get(0).reason());
    assertEquals(List.of("last words"), stderr.lines());
  }

  @Test
  void aMissingProgramIsAnError() {
    Transport.Stdio missing =
        new Transport.Stdio("/nowhere/to/be/found", List.of(), Map.of(), Optional.empty());

    assertThrows(IOException.class, () -> open(missing));
  }

  @Test
  void startsTheChildInItsFolderWithItsEnvironment() throws Exception {
    open(
        "printf '{\"method\":\"m\",\"folder\":\"%s\",\"own\":\"%s\",\"path\":\"%s\"}\\n' \"$PWD\" \"$OWN\" \"$PATH\"");

    assertEquals(
        Peer.object()
            .put("method", "m")
            .put("folder", folder.toRealPath().toString())
            .put("own", "given")
            .put("path", System.getenv("PATH")),
        heard.next());
  }

  @Test
  void anAnswerThatIsTooLargeCostsOnlyItself() throws Exception {
    open(
        "printf '{\"id\":7,\"result\":{\"text\":\"'; head -c "
            + (Json.MAX_MESSAGE + 100_000)
            + " /dev/zero | tr '\\0' x; printf '\"}}\\n{\"id\":8,\"result\":{}}\\n'; cat");

    assertEquals(Peer.json("{\"id\":8,\"result\":{}}"), heard.next());
    assertEquals(1, heard.refused.size());
    assertTrue(heard.refused.get(0).startsWith("7: The server's answer is larger than 64 MB"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":7,\"result\":{\"text\":\"cut",
        "{\"result\":{\"a\":NaN},\"id\":7}",
        "{\"id\":7,\"result\":{\"a\":[[[[DEEP",
        "{\"id\":7,\"result\":{\"a\":LONG}}"
      })
  void anAnswerThatCannotBeReadCostsOnlyItself(String answer) throws Exception {
    Path file = folder.resolve("answer");
    Files.writeString(
        file, answer.replace("DEEP", "[".repeat(10_000)).replace("LONG", "1".repeat(5_000)) + "\n");
    open("cat answer; echo '{\"id\":8,\"result\":{}}'; cat");

    assertEquals(Peer.json("{\"id\":8,\"result\":{}}"), heard.next());
    assertEquals(1, heard.refused.size());
    assertTrue(heard.refused.get(0).startsWith("7: The server's answer cannot be read"));
  }

  @Test
  void halfAnAnswerBeforeTheEndIsNoAnswer() throws Exception {
    open("printf '{\"id\":7,\"result\":{\"text\":\"cut'; kill -9 $$");

    assertEquals("The server's process was ended by signal 9.", heard.end());
    assertEquals(List.of(), heard.refused);
    assertEquals(0, heard.messages.size());
  }

  @Test
  void aWholeAnswerBeforeTheEndNeedsNoLineFeed() throws Exception {
    open("printf '{\"id\":7,\"result\":{}}'; kill -9 $$");

    assertEquals(Peer.json("{\"id\":7,\"result\":{}}"), heard.next());
  }

  @Test
  void drainsAFloodOfErrors() throws Exception {
    open(
        "yes 'an error that is repeated' | head -n 1000000 >&2; echo last >&2;"
            + " yes 'no message' | head -n 1000000; echo '{\"method\":\"m\"}'; exit");

    assertEquals(Peer.object().put("method", "m"), heard.next());
    heard.end();
    assertEquals(10, stderr.lines().size());
  }

  @Test
  void keepsNoEndlessLineOfErrors() throws Exception {
    open("head -c 5000000 /dev/zero | tr '\\0' x >&2; printf '\\nafter\\n' >&2; exit 1");

    heard.end();

    assertEquals(List.of("(a line of more than 64 KB)", "after"), stderr.lines());
  }

  @Test
  void keepsTheEndOfAProgressBar() throws Exception {
    open("printf 'working\\r 50%%\\r100%% done\\r\\n' >&2; exit 1");

    heard.end();

    assertEquals(List.of("100% done"), stderr.lines());
  }

  @Test
  void losesNothingOfManySendersAtOnce() throws Exception {
    int senders = 64;
    int each = 1000;
    open("cat");

    List<Thread> threads =
        IntStream.range(0, senders)
            .mapToObj(
                sender ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < each; i++) {
                            connection.send(
                                Peer.object().put("method", "" + (sender * each + i)), Map.of());
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);

    Set<Integer> numbers = new HashSet<>();
    for (int i = 0; i < senders * each; i++) {
      numbers.add(heard.next().get("method").asInt());
    }
    assertEquals(senders * each, numbers.size());
    assertFalse(heard.messages.iterator().hasNext());
  }
}
