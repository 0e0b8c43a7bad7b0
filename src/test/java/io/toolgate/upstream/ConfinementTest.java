package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.toolgate.Await;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The children are true processes, behind true walls; skipped where there can be none. */
class ConfinementTest {
  @TempDir Path folder;

  private final Heard heard = new Heard();
  private final StderrTail stderr = new StderrTail(Set.of());
  private Path data;
  private Path secret;
  private Confinement confinement;
  private StdioConnection connection;

  @BeforeEach
  void build() throws IOException {
    data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(
        Files.createDirectories(data.resolve("postgres")).resolve("rows"), "treasure\n");
    Files.writeString(data.resolve("postgres-password"), "treasure\n");
    Files.writeString(data.resolve("other.jsonl"), "treasure\n");
    Files.writeString(Files.createDirectories(data.resolve("files")).resolve("hello"), "hello\n");
    secret = Files.writeString(folder.resolve("the key's file"), "treasure\n");
    confinement = Walls.around(data, Map.of("MCP_API_KEY_FILE", secret.toString()));
    assumeTrue(confinement.works(), confinement.state());
  }

  @AfterEach
  void end() {
    if (connection != null) {
      Await.result(connection.close());
    }
  }

  private void open(String script, String... arguments) throws IOException {
    open(script, Map.of(), arguments);
  }

  private void open(String script, Map<String, String> own, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("-c", script, "sh"));
    all.addAll(List.of(arguments));
    connection =
        StdioConnection.open(
            "s",
            new Transport.Stdio("sh", all, own, Optional.empty()),
            stderr,
            heard,
            Walls.children(confinement));
  }

  /** What the script prints, as the text of one message. */
  private String answer(String script, String... arguments) throws Exception {
    open(
        "text=$(" + script + "); printf '{\"method\":\"m\",\"text\":\"%s\"}\\n' \"$text\"; cat",
        arguments);
    return heard.next().get("text").asText();
  }

  @Test
  void aChildFindsNoOtherProcess() throws Exception {
    assertEquals("0", answer("cat /proc/[0-9]*/comm | grep -c java"));
  }

  @Test
  void aChildReadsNoEnvironmentButItsOwn() throws Exception {
    String readable =
        answer("for p in /proc/[0-9]*; do tr '\\0' '\\n' <$p/environ; done 2>&1 | grep -ac ^PATH=");

    assertTrue(Integer.parseInt(readable) <= 4, readable);
  }

  @Test
  void aChildGetsVariablesThatNoShellCanName() throws Exception {
    assumeTrue(Shell.dropped(Set.of("a.b")).isEmpty(), "there is no bash");
    Map<String, String> own =
        Map.of("spring.datasource.url", "jdbc:x", "MY-KEY", "k", "PLAIN", "p");

    open(
        "n=$(tr '\\0' '\\n' </proc/$$/environ | grep -c '^spring.datasource.url=jdbc:x$\\|^MY-KEY=k$\\|^PLAIN=p$');"
            + " echo \"{\\\"method\\\":\\\"m\\\",\\\"n\\\":$n}\"; cat",
        own);

    assertEquals(3, heard.next().get("n").asInt());
  }

  @Test
  void aChildFindsNothingOfTheDataFolderButItsFiles() throws Exception {
    assertEquals(
        "files 0",
        answer(
            "echo $(ls -A \"$1\") $(grep -r treasure \"$1\" | wc -l)", data.getParent() + "/data"));
  }

  @Test
  void aChildReadsNoSecretFile() throws Exception {
    assertEquals("", answer("cat \"$(ls -d \"$1\"/the*)\"", folder.toString()));
  }

  @Test
  void aChildCannotTakeDownWhatHidesThem() throws Exception {
    assertEquals(
        "files",
        answer(
            "umount \"$1\" 2>/dev/null; unshare -Urm sh -c 'umount \"$1\"; ls -A \"$1\"' sh \"$1\" 2>/dev/null"
                + " || ls -A \"$1\"",
            data + "/."));
  }

  @Test
  void aChildInAHiddenFolderSeesNothingOfItEither() throws Exception {
    connection =
        StdioConnection.open(
            "s",
            new Transport.Stdio(
                "sh",
                List.of(
                    "-c", "echo \"{\\\"method\\\":\\\"m\\\",\\\"n\\\":$(ls -A | wc -l)}\"; cat"),
                Map.of(),
                Optional.of(data)),
            stderr,
            heard,
            Walls.children(confinement));

    assertEquals(1, heard.next().get("n").intValue());
  }

  @Test
  void whatADefinitionNamesStaysVisible() throws Exception {
    open(
        "cat \"$1\"; echo \"{\\\"method\\\":\\\"m\\\",\\\"n\\\":1}\" >>\"$STORE\"; echo new >\"$LOGS/today\"; cat \"$STORE\"; cat",
        Map.of("STORE", data + "/store.jsonl", "LOGS", data + "/logs/"),
        Files.writeString(secret, "{\"method\":\"m\",\"own\":\"key\"}\n").toString());

    assertEquals("key", heard.next().get("own").asText());
    assertEquals(1, heard.next().get("n").intValue());
    assertEquals("{\"method\":\"m\",\"n\":1}\n", Files.readString(data.resolve("store.jsonl")));
    assertEquals("new\n", Files.readString(data.resolve("logs/today")));
  }

  @Test
  void theDatabaseIsHiddenEvenWhenADefinitionNamesIt() throws Exception {
    assertEquals("", answer("cat \"$1\" 2>/dev/null", data + "/postgres-password"));
  }

  @Test
  void filesAreSharedWithTheOutside() throws Exception {
    assertEquals("hello", answer("cat \"$1\"/hello; echo changed >\"$1\"/hello", data + "/files"));
    assertEquals("changed\n", Files.readString(data.resolve("files/hello")));
  }

  @Test
  void aChildIsTheSameUserAsOutside() throws Exception {
    Process outside = new ProcessBuilder("sh", "-c", "id -u; id -g").start();
    String us = String.join(" ", outside.inputReader().lines().toList());

    assertEquals(us, answer("echo $(id -u; id -g)"));
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0, The server's process ended with exit code 0.",
    "exit 3, The server's process ended with exit code 3.",
    "exit 255, The server's process ended with exit code 255.",
    "kill -9 $$, The server's process was ended by signal 9.",
    "kill $$, The server's process was ended by signal 15.",
  })
  void saysHowTheChildEnded(String script, String reason) throws Exception {
    open("echo 'last words' >&2; " + script);

    assertEquals(reason, heard.end());
    assertEquals(List.of("last words"), stderr.lines());
  }

  @Test
  void aMissingProgramIsAnErrorAtOnce() {
    Transport.Stdio missing =
        new Transport.Stdio("nowhere-to-be-found", List.of(), Map.of(), Optional.empty());

    assertThrows(
        IOException.class,
        () -> StdioConnection.open("s", missing, stderr, heard, Walls.children(confinement)));
  }

  @Test
  void aRequestToEndReachesTheProgram() throws Exception {
    open(
        "trap 'echo saved >\"$1\"/state; exit 5' TERM; echo '{\"method\":\"m\"}'; while :; do sleep 0.1; done",
        data + "/files");
    heard.next();

    connection.close().join();

    assertEquals("The server's process ended with exit code 5.", heard.end());
    assertEquals("saved\n", Files.readString(data.resolve("files/state")));
  }

  @Test
  void aStubbornChildIsKilled() throws Exception {
    open("trap '' TERM; echo '{\"method\":\"m\"}'; while :; do sleep 1; done");
    heard.next();

    connection.close().join();

    assertEquals("The server's process was ended by signal 9.", heard.end());
  }

  @Test
  void nothingOutlivesTheProgramNotEvenWhatHasLeftItsTree() throws Exception {
    open(
        "mkfifo \"$1\"/held; (env -i setsid sh -c 'trap \"\" TERM; exec 9<>\"$1\"/held; echo \"{\\\"method\\\":\\\"m\\\"}\"; sleep 300' sh \"$1\" &);"
            + " read x; exit 1",
        data + "/files");
    heard.next();
    long before = holders();

    connection.send(Peer.object(), Map.of());

    assertEquals("The server's process ended with exit code 1.", heard.end());
    assertTrue(before > 0);
    Await.until("the daemon is gone", () -> holders() == 0);
  }

  /** How many processes of this machine have that pipe open. */
  private long holders() {
    return ProcessHandle.allProcesses()
        .filter(process -> holds(Path.of("/proc", process.pid() + "", "fd", "9")))
        .count();
  }

  private boolean holds(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().endsWith(data + "/files/held");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void noticesAClosedOutput() throws Exception {
    open("echo '{\"method\":\"m\"}'; exec >&-; exec sleep 300");

    assertEquals("The server closed its standard output.", heard.end());
  }

  @Test
  void aJavaProgramRuns() throws Exception {
    connection =
        StdioConnection.open(
            "s",
            new Transport.Stdio(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                List.of("-XX:TieredStopAtLevel=1", "-version"),
                Map.of(),
                Optional.empty()),
            stderr,
            heard,
            Walls.children(confinement));

    assertEquals("The server's process ended with exit code 0.", heard.end());
    assertTrue(stderr.lines().get(0).contains("version"), stderr.lines().toString());
  }

  @Test
  void whereItIsRequiredAndCannotBeNothingStarts() {
    Confinement required =
        new Confinement(
            Confinement.Mode.REQUIRED, Hidden.of(secret.resolve("no-folder"), Map.of()));
    Transport.Stdio echo = new Transport.Stdio("cat", List.of(), Map.of(), Optional.empty());

    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () -> StdioConnection.open("s", echo, stderr, heard, Walls.children(required)));

    assertTrue(refused.detail().contains("CONFINE_CHILDREN=required"), refused.detail());
    assertFalse(required.works());
  }
}
