package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that users start; the program is built already. */
class StartScriptIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Path JAR = HOME.resolve("target/quarkus-app/quarkus-run.jar");
  @TempDir Path folder;

  @Test
  void showsTheHelpWithoutBuildingAndWithoutJava() throws IOException {
    Path copy = folder.resolve("copy");
    Files.createDirectories(copy.resolve("src/main/resources"));
    Files.copy(HOME.resolve("toolgate"), copy.resolve("toolgate"));
    Files.copy(
        HOME.resolve("src/main/resources/help.txt"), copy.resolve("src/main/resources/help.txt"));

    Product product =
        Product.command(folder, "env", "JAVA_HOME=/absent", "sh", "copy/toolgate", "--help");

    assertEquals(0, product.awaitExit());
    assertTrue(product.log().get(0).startsWith("Toolgate: "), product.log().toString());
    assertFalse(Files.exists(copy.resolve("target")));
  }

  @Test
  void saysWhatToDoWithoutJava() throws IOException {
    Product product =
        Product.command(
            folder, "env", "JAVA_HOME=/absent", HOME.resolve("toolgate").toString(), "--version");

    assertEquals(1, product.awaitExit());
    assertEquals(
        "toolgate: JAVA_HOME is /absent, where there is no bin/java.", product.log().get(0));
  }

  @Test
  void startsThroughALinkFromAnyFolderAndDoesNotBuildAgain() throws IOException {
    FileTime built = Files.getLastModifiedTime(JAR);
    Path link = Files.createSymbolicLink(folder.resolve("tg"), HOME.resolve("toolgate"));
    Path second = Files.createSymbolicLink(folder.resolve("tg2"), link.getFileName());
    Path config =
        Files.writeString(
            folder.resolve("servers.json"),
            "{\"mcpServers\":{\"a\":{\"command\":\"true\",\"disabled\":true}}}");
    try (Product product =
        Product.command(
            folder,
            second.toString(),
            "--port=0",
            "--data",
            "data",
            "--config",
            config.getFileName().toString())) {

      assertEquals("disabled", product.server("a").path("status").asText());
      assertTrue(Files.exists(folder.resolve("data/files/welcome.txt")));
      assertEquals(built, Files.getLastModifiedTime(JAR));
      assertFalse(product.log().toString().contains("building"), product.log().toString());
    }
  }

  @Test
  void becomesTheProgramSoThatItsPidCanBeKilled() {
    try (Product product =
        Product.command(
            folder, HOME.resolve("toolgate").toString(), "--port=0", "--data=data", "--", "cat")) {
      product.url();

      String program = product.process().info().command().orElseThrow();

      assertTrue(program.endsWith("/java"), program);
    }
  }

  @Test
  void aCommandSeesTheFolderItWasTypedIn() throws IOException {
    String command =
        Scripted.stdio().withoutOddTools().command().stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Files.writeString(folder.resolve("here.sh"), "exec " + command + "\n");
    try (Product product =
        Product.command(
            folder,
            HOME.resolve("toolgate").toString(),
            "--port=0",
            "--data=data",
            "--",
            "sh",
            "./here.sh")) {
      product.awaitReady("here");

      String folderOfChild = product.post("/working_directory", "{}").json().asText();

      assertEquals(folder.toRealPath(), Path.of(folderOfChild).toRealPath());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-uLANG", "LC_ALL=C", "LANG=POSIX", "LANG=xx_XX.UTF-8"})
  void everythingHandedToProgramsArrivesWholeWhateverTheLocale(String locale) throws IOException {
    Path tenants = Files.createDirectories(folder.resolve("Größe 日本"));
    Path out = tenants.resolve("out");
    String script = "env > \"$1\"; pwd >> \"$1\"; echo \"$2\" >> \"$1\"; mv \"$1\" \"$1.done\"";
    Files.writeString(
        tenants.resolve("servers.json"),
        Answer.JSON.writeValueAsString(
            Map.of(
                "mcpServers",
                Map.of(
                    "s",
                    Map.of(
                        "command", "sh",
                        "args", List.of("-c", script, "sh", out.toString(), "Öl 😀"),
                        "env", Map.of("SIZE", "${SIZE_GIVEN}"),
                        "cwd", tenants.toString())))));
    try (Product product =
        Product.command(
            folder,
            "env",
            "-uLANG",
            "-uLC_ALL",
            "-uLC_CTYPE",
            locale,
            "SIZE_GIVEN=Größe",
            "TENANTS_DIR=" + tenants,
            HOME.resolve("toolgate").toString(),
            "--port=0",
            "--data=data ä")) {
      product.url();
      Path done = tenants.resolve("out.done");
      product.await("the server has run", () -> Files.exists(done));

      List<String> told = Files.readAllLines(done);
      assertTrue(told.contains("SIZE=Größe"), told.toString());
      assertTrue(told.contains(tenants.toRealPath().toString()), told.toString());
      assertEquals("Öl 😀", told.get(told.size() - 1));
      List<String> given =
          told.stream().filter(line -> line.matches("(LANG|LC_[A-Z]+)=.*")).toList();
      assertEquals(locale.startsWith("-") ? List.of() : List.of(locale), given);
      assertTrue(Files.exists(folder.resolve("data ä/files/welcome.txt")));
    }
  }

  @Test
  void takesItsClassesFromTheArchiveThatTheBuildMade() throws IOException {
    Path loaded = folder.resolve("loaded");
    Product product =
        Product.command(
            folder,
            "env",
            "JAVA_OPTS=-Xlog:class+load:file=" + loaded,
            HOME.resolve("toolgate").toString(),
            "--version");

    assertEquals(0, product.awaitExit());
    String line =
        Files.readAllLines(loaded).stream()
            .filter(text -> text.contains(" io.toolgate.Toolgate "))
            .findFirst()
            .orElseThrow();
    assertTrue(line.contains("shared objects file"), line);
  }

  @Test
  void startsQuietlyWithAnArchiveOfAnotherProgram() throws IOException {
    Path moved = copy();

    assertStarts(moved);
  }

  @Test
  void startsQuietlyWithABrokenArchive() throws IOException {
    Path copy = copy();
    Path classes = copy.resolve("target/quarkus-app/archive/classes");
    try (RandomAccessFile file = new RandomAccessFile(classes.toFile(), "rw")) {
      file.write(new byte[4096]);
    }

    assertStarts(copy);
  }

  @Test
  void startsQuietlyWithAnArchiveThatWasCutShort() throws IOException {
    Path copy = copy();
    Path classes = copy.resolve("target/quarkus-app/archive/classes");
    try (RandomAccessFile file = new RandomAccessFile(classes.toFile(), "rw")) {
      file.setLength(100_000);
    }

    assertStarts(copy);
  }

  @Test
  void startsQuietlyWithAnArchiveOfAnotherJvm() throws IOException {
    Path copy = copy();
    Files.writeString(copy.resolve("target/quarkus-app/archive/release"), "another");
    Files.writeString(copy.resolve("target/quarkus-app/archive/options"), "-XX:NoSuchOption");

    assertStarts(copy);
  }

  private void assertStarts(Path home) {
    Product product = Product.command(folder, home.resolve("toolgate").toString(), "--version");

    assertEquals(0, product.awaitExit(), product.log().toString());
    assertEquals(1, product.log().size(), product.log().toString());
    assertTrue(product.log().get(0).startsWith("toolgate "), product.log().toString());
  }

  /** What is needed to start, with an archive of its own; it is not stale. */
  private Path copy() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("copy"));
    Path program = Files.createDirectories(copy.resolve("target/quarkus-app"));
    Path archive = Files.createDirectories(program.resolve("archive"));
    Files.copy(HOME.resolve("toolgate"), copy.resolve("toolgate"));
    for (String name : List.of("pom.xml", "src", "db")) {
      Files.createSymbolicLink(copy.resolve(name), HOME.resolve(name));
    }
    Path original = JAR.resolveSibling("archive");
    for (String name : List.of("classes", "release", "size")) {
      Files.copy(original.resolve(name), archive.resolve(name));
      archive.resolve(name).toFile().setWritable(true);
    }
    for (String name : List.of("app", "lib", "quarkus")) {
      Files.createSymbolicLink(program.resolve(name), JAR.resolveSibling(name));
    }
    Files.copy(JAR, program.resolve("quarkus-run.jar"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(
        archive.resolve("options"),
        Files.readString(original.resolve("options"))
            .replace(original.toString(), archive.toString()));
    return copy;
  }
}
