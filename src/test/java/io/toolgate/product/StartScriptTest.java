package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the start script does, with a Java and a Maven that only say how they were started. */
@Timeout(60)
class StartScriptTest {
  private static final Path SCRIPT = Path.of("toolgate").toAbsolutePath();

  @TempDir Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private Path home;

  private record Ran(int code, List<String> printed) {
    String text() {
      return String.join("\n", printed);
    }

    void failedWith(String sentence) {
      assertEquals(1, code, text());
      assertTrue(text().contains(sentence), text());
      assertFalse(text().contains("java started"), text());
    }

    void started() {
      assertEquals(0, code, text());
      assertTrue(text().contains("java started"), text());
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    home = Files.createDirectories(folder.resolve("Größe home"));
    Files.createDirectories(home.resolve("src/main/resources"));
    Files.createDirectories(home.resolve("db/migration"));
    Files.createFile(home.resolve("pom.xml"));
    Files.copy(SCRIPT, home.resolve("toolgate"));
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", folder.toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("JAVA_HOME", jdk("17.0.13", true).toString());
    maven("mkdir -p target/quarkus-app; touch target/quarkus-app/quarkus-run.jar");
  }

  private static Path program(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private Path jdk(String version, boolean compiler) throws IOException {
    Path jdk = folder.resolve("jdk-" + version + compiler);
    String say =
        "echo java started by $0; echo \"LC_ALL=${LC_ALL-none}\"; for w in \"$@\"; do echo \"word $w\"; done";
    program(jdk.resolve("bin/java"), say);
    if (compiler) {
      program(jdk.resolve("bin/javac"), "");
    }
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private void maven(String script) throws IOException {
    program(home.resolve("mvnw"), script);
  }

  private ProcessBuilder builder(String... words) {
    List<String> command = new ArrayList<>(List.of("sh", home.resolve("toolgate").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.directory(folder.toFile());
  }

  private Ran run(String... words) throws Exception {
    Process process = builder(words).start();
    List<String> printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    return new Ran(process.waitFor(), printed);
  }

  /** Programs of the system without this one. */
  private void hide(String program) throws IOException {
    Path few = Files.createDirectories(folder.resolve("few"));
    for (String name :
        List.of(
            "sh",
            "dirname",
            "basename",
            "readlink",
            "cat",
            "sed",
            "find",
            "head",
            "tail",
            "grep",
            "tee",
            "touch",
            "mkdir",
            "wc",
            "cmp",
            "locale",
            "sleep")) {
      Path real =
          List.of("/usr/bin/", "/bin/").stream()
              .map(at -> Path.of(at + name))
              .filter(Files::exists)
              .findFirst()
              .orElse(null);
      if (real != null && !name.equals(program)) {
        Files.createSymbolicLink(few.resolve(name), real);
      }
    }
    environment.put("PATH", few.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "LC_ALL=C, C",
    "LC_ALL=POSIX, POSIX",
    "LC_ALL=xx_XX.UTF-8, xx_XX.UTF-8",
    "LANG=C, ''",
    "LANG=POSIX, ''",
    "LANG=xx_XX.UTF-8, ''",
    "LC_CTYPE=C LANG=C.UTF-8, ''",
    "LC_CTYPE=C.UTF-8 LANG=xx_XX.UTF-8, ''",
    "LC_ALL= LANG=, ''",
  })
  void aJvmWithoutALocaleOfMoreThanAsciiGetsOne(String variables, String before) throws Exception {
    environment.remove("LANG");
    for (String variable : variables.split(" ")) {
      if (!variable.isEmpty()) {
        environment.put(variable.replaceFirst("=.*", ""), variable.replaceFirst(".*=", ""));
      }
    }

    Ran ran = run("Größe");

    ran.started();
    assertTrue(ran.printed().contains("LC_ALL=C.UTF-8"), ran.text());
    assertTrue(ran.printed().contains("word -Dtoolgate.lc-all=" + before), ran.text());
    assertTrue(ran.printed().contains("word Größe"), ran.text());
  }

  @ParameterizedTest
  @CsvSource({"LC_ALL, C.UTF-8", "LANG, C.UTF-8", "LC_CTYPE, C.UTF-8"})
  void aLocaleWithUtf8Stays(String name, String value) throws Exception {
    environment.remove("LANG");
    environment.put(name, value);

    Ran ran = run();

    ran.started();
    assertFalse(ran.text().contains("lc-all"), ran.text());
    assertTrue(
        ran.printed().contains("LC_ALL=" + environment.getOrDefault("LC_ALL", "none")), ran.text());
  }

  @ParameterizedTest
  @CsvSource({"C, true", "POSIX, true", "'', true", "C.UTF-8, false", "de_DE.UTF-8, false"})
  void localesAreToldByTheirNamesWhereNothingElseTellsThem(String lang, boolean replaced)
      throws Exception {
    hide("locale");
    environment.put("LANG", lang);

    Ran ran = run();

    ran.started();
    assertEquals(replaced, ran.printed().contains("LC_ALL=C.UTF-8"), ran.text());
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_292, 8", "11.0.2, 11", "16, 16"})
  void tooOldAJavaIsToldInASentence(String version, String number) throws Exception {
    environment.put("JAVA_HOME", jdk(version, true).toString());

    Ran ran = run();

    ran.failedWith("toolgate: Java " + number + " in ");
    assertEquals(1, ran.printed().size(), ran.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "17.0.13", "21-ea", "25.0.1"})
  void aJavaThatIsNewEnoughStarts(String version) throws Exception {
    environment.put("JAVA_HOME", jdk(version, true).toString());

    run().started();
  }

  @Test
  void aJavaThatDoesNotStartIsToldInASentence() throws Exception {
    environment.remove("JAVA_HOME");
    hide("none");
    program(folder.resolve("few/java"), "echo 'Unable to locate a Java Runtime.' >&2; exit 1");

    run().failedWith("does not start. Install a JDK, version 17 or newer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "old", "stub"})
  void appleIsAskedForAJavaWhereThereIsNoneOrTooOldAOne(String other) throws Exception {
    environment.remove("JAVA_HOME");
    hide("none");
    if (other.equals("old")) {
      Files.createSymbolicLink(folder.resolve("few/java"), jdk("11.0.2", true).resolve("bin/java"));
    } else if (other.equals("stub")) {
      program(folder.resolve("few/java"), "exit 1");
    }
    Path found = jdk("21.0.1", true);
    Path asked =
        program(folder.resolve("java_home"), "[ \"$*\" = '-v 17+' ] && echo '" + found + "'");
    Path script = home.resolve("toolgate");
    Files.writeString(
        script, Files.readString(script).replace("/usr/libexec/java_home", asked.toString()));

    Ran ran = run();

    ran.started();
    assertTrue(ran.text().contains("started by " + found), ran.text());
  }

  @Test
  void aJavaWithoutCompilerIsToldBeforeTheBuild() throws Exception {
    environment.put("JAVA_HOME", jdk("17.0.1", false).toString());

    run().failedWith("is without a compiler. Install a JDK");
  }

  @Test
  void theBuildIsShownWhileItRunsAlsoThroughAPipe() throws Exception {
    Path go = folder.resolve("go");
    maven(
        "echo '[INFO] --- first:1 (x) @ y ---'; echo '[INFO] other'; while ! [ -e '"
            + go
            + "' ]; do sleep 0.05; done; mkdir -p target/quarkus-app; touch target/quarkus-app/quarkus-run.jar");
    Process process = builder().start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertTrue(out.readLine().contains("some 200 MB are fetched"));
      assertEquals("  first:1", out.readLine());
      Files.createFile(go);
      assertTrue(out.readLine().startsWith("java started"));
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ERROR] x: Could not transfer artifact a:b: Unknown host repo.example.org: Name or service not known|<proxies> in ~/.m2/settings.xml",
        "curl: (6) Could not resolve host: repo.example.org|a host is not known",
        "wget: Failed to fetch https://repo.example.org/x.zip|HTTPS_PROXY",
        "[ERROR] x: Connect to repo:443 failed: Connection refused|cannot be reached",
        "[ERROR] x: transfer failed: Connect to repo:443 failed: connect timed out|<mirrors>",
        "[ERROR] x: Network is unreachable|cannot be reached",
        "[ERROR] x: PKIX path building failed: unable to find valid certification path|javax.net.ssl.trustStore",
        "[ERROR] x: Remote host terminated the SSLHandshake|trustStore",
        "curl: (60) SSL certificate problem: self-signed certificate|CURL_CA_BUNDLE",
        "[ERROR] x: status code: 407, reason phrase: Proxy Authentication Required (407)|wants a user and a password",
        "[ERROR] x: status code: 403, reason phrase: Forbidden (403)|<servers>",
        "[ERROR] x: Cannot access central in offline mode and the artifact a:b has not been downloaded from it before|stay offline",
        "[ERROR] x: /root/.m2/a.jar: No space left on device|the disk is full",
        "[ERROR] No compiler is provided in this environment. Perhaps you are running on a JRE|not only a JRE",
        "[ERROR] Fatal error compiling: error: release version 17 not supported|too old",
        "The java/javac command does not exist in PATH nor is JAVA_HOME set|without a compiler",
        "./mvnw: 12: unzip: not found|Install unzip",
        "failed to untar|Install unzip",
        "[ERROR] x: /root/.m2/repository: Permission denied|cannot be written",
        "[ERROR] COMPILATION ERROR : x.java:[1,2] ';' expected|said above",
      })
  void aBuildThatFailsSaysWhatToDo(String line, String sentence) throws Exception {
    maven("cat <<'END'\n[INFO] --- x:1 (y) ---\n" + line + "\nEND\nexit 1");

    Ran ran = run();

    ran.failedWith(sentence);
    String last = ran.printed().get(ran.printed().size() - 1);
    assertTrue(last.startsWith("toolgate: the build failed: "), last);
    assertTrue(last.endsWith("See " + home + "/target/build.log"), last);
  }

  @Test
  void theArchiveIsUsedAlsoWhereNumbersOfBytesArePadded() throws Exception {
    run().started();
    Path archive = Files.createDirectories(home.resolve("target/quarkus-app/archive"));
    Files.writeString(archive.resolve("classes"), "12345");
    Files.writeString(archive.resolve("size"), "5\n");
    Files.writeString(archive.resolve("options"), "-Dx=y\n");
    Files.copy(Path.of(environment.get("JAVA_HOME"), "release"), archive.resolve("release"));
    program(folder.resolve("mac/wc"), "cat >/dev/null; echo '       5'");
    environment.put("PATH", folder.resolve("mac") + ":" + environment.get("PATH"));

    Ran ran = run();

    ran.started();
    assertTrue(ran.printed().contains("word @" + archive + "/options"), ran.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void theHelpNeedsNothing(String word) throws Exception {
    Files.writeString(home.resolve("src/main/resources/help.txt"), "the help\n");
    environment.put("JAVA_HOME", "/absent");

    Ran ran = run(word);

    assertEquals(List.of("the help"), ran.printed());
  }
}
