package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.tenant.GroupCredentials;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialReaderTest {
  private final CredentialRows rows = new CredentialRows();

  private Credentials read(KeyRing keys) {
    return new CredentialReader(keys).read(rows);
  }

  private static CredentialSet set(Credentials credentials) {
    return credentials.sets().get("dev").get("github");
  }

  @Test
  void putsTheRowsOfAGroupAndServerTogether() {
    rows.key("dev", "github", "TOKEN", "1");
    rows.key("dev", "github", "HOST", "2");
    rows.key("ops", "github", "TOKEN", "3");
    rows.key("dev", "jira", "TOKEN", "4");

    Credentials credentials = read(KeyRing.EMPTY);

    assertEquals(
        new CredentialSet.Usable(
            new GroupCredentials("dev", Map.of("TOKEN", "1", "HOST", "2"), Optional.empty())),
        set(credentials));
  }

  @Test
  void clearValuesAreUsedWithAWarningWhereThereIsNoKey() {
    rows.key("dev", "github", "TOKEN", "1");
    rows.key("dev", "github", "HOST", "2");

    Credentials credentials = read(KeyRing.EMPTY);

    assertEquals(List.of(CredentialReader.CLEAR), credentials.warnings());
    assertEquals(List.of(), credentials.outdated());
  }

  @Test
  void clearValuesAndThoseUnderOlderKeysAreToBeEncrypted() {
    CredentialRow place = new CredentialRow("dev", "github", "B", "");
    String old = TestKeys.ring(1).encrypt(place, "b");
    String current = TestKeys.ring(2).encrypt(new CredentialRow("dev", "github", "C", ""), "c");
    rows.key("dev", "github", "A", "a");
    rows.key("dev", "github", "B", old);
    rows.key("dev", "github", "C", current);

    Credentials credentials = read(TestKeys.ring(2, 1));

    assertEquals(List.of(), credentials.warnings());
    assertEquals(
        List.of("dev/github/A", "dev/github/B"),
        credentials.outdated().stream().map(CredentialRow::toString).toList());
    assertEquals(Map.of("A", "a", "B", "b", "C", "c"), set(credentials).orThrow().values());
  }

  @Test
  void oneBrokenRowMakesTheSetUnusableWithAWarningThatNamesItOnly() {
    rows.key("dev", "github", "TOKEN\nforged line", "tgenc:1:00000000:TheSecret");
    rows.key("dev", "github", "HOST", "2");
    rows.key("ops", "github", "HOST", "2");

    Credentials credentials = read(TestKeys.ring(1));

    assertInstanceOf(CredentialSet.Unusable.class, set(credentials));
    assertInstanceOf(CredentialSet.Usable.class, credentials.sets().get("ops").get("github"));
    assertEquals(1, credentials.warnings().size());
    String warning = credentials.warnings().get(0);
    assertTrue(
        warning.contains("group dev") && warning.contains("github") && warning.contains("TOKEN"),
        warning);
    assertFalse(warning.contains("TheSecret") || warning.contains("\n"), warning);
  }

  @Test
  void aRowThatStandsTwiceWithTwoValuesIsUnusable() {
    rows.key("dev", "github", "TOKEN", "1");
    rows.key("dev", "github", "TOKEN", "2");

    assertInstanceOf(CredentialSet.Unusable.class, set(read(KeyRing.EMPTY)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://mcp",
        "https://mcp.example.org/mcp?a=b",
        "HTTPS://10.0.0.1:8443/",
        "http://[fd00::1]:80/x",
        "http://mcp_server:8000/mcp",
        " http://mcp_1.example.org/\r\n"
      })
  void anAddressOfAHostIsTaken(String url) {
    rows.endpoint("dev", "github", url);

    assertEquals(
        url.strip(), set(read(KeyRing.EMPTY)).orThrow().endpoint().orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mcp.example.org",
        "//mcp.example.org/x",
        "ftp://mcp.example.org/",
        "file:///etc/passwd",
        "https:///x",
        "https:mcp.example.org",
        "https://user@mcp.example.org/",
        "https://user:s3cret@mcp.example.org/",
        "https://@mcp.example.org/",
        "https://mcp.example.org/#s3cret",
        "https://mcp.example.org/#",
        "https://mcp_1.example.org/",
        "https://mcp.example.org:0/",
        "https://mcp.example.org:65536/",
        "https://mcp.example.org/a b",
        "https://mcp.example.org/\r\nX: y"
      })
  void anythingElseMakesTheSetUnusable(String url) {
    rows.endpoint("dev", "github", url);
    rows.key("dev", "github", "TOKEN", "1");

    Credentials credentials = read(TestKeys.ring(1));

    assertInstanceOf(CredentialSet.Unusable.class, set(credentials));
    assertEquals(1, credentials.warnings().size());
    assertFalse(
        credentials.warnings().get(0).contains("s3cret")
            || credentials.warnings().get(0).contains("\n"));
  }

  @Test
  void manyBrokenRowsAreToldInBounds() {
    for (int i = 0; i < 10_000; i++) {
      rows.key("dev" + i, "github", "TOKEN".repeat(100), "tgenc:1:x");
    }

    List<String> warnings = read(KeyRing.EMPTY).warnings();

    assertEquals(21, warnings.size());
    assertTrue(warnings.stream().allMatch(warning -> warning.length() < 500));
  }

  @Test
  void rowsThatStayAreNotDecryptedAgain() {
    KeyRing keys = TestKeys.ring(1);
    CredentialRow row = new CredentialRow("dev", "github", "TOKEN", "");
    rows.key("dev", "github", "TOKEN", keys.encrypt(row, "1"));
    CredentialReader reader = new CredentialReader(keys);
    String first = set(reader.read(rows)).orThrow().values().get("TOKEN");

    String again = set(reader.read(rows)).orThrow().values().get("TOKEN");

    assertTrue(first == again, "another string");
  }

  /** Reading that grows faster than its rows would take many times this. */
  @Test
  void manyRowsTakeSecondsOfTheProcessor() {
    KeyRing keys = TestKeys.ring(1);
    for (int i = 0; i < 50_000; i++) {
      CredentialRow row = new CredentialRow("group-" + i % 1_000, "server-" + i / 1_000, "KEY", "");
      rows.key(row.group(), row.server(), row.key(), keys.encrypt(row, "a secret of some length"));
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadCpuTime();

    Credentials credentials = read(keys);

    Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - begun);
    assertEquals(List.of(), credentials.warnings());
    assertEquals(1_000, credentials.sets().size());
    assertTrue(took.compareTo(Duration.ofMinutes(1)) < 0, took.toString());
  }
}
