package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.product.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The units, judged by systemd's own tool; and what it would praise but confinement forbids. */
class SystemdTest {
  private static final Path UNITS = Path.of("deploy/systemd");
  private static final Pattern SECRET = Pattern.compile(".*(KEY|TOKEN|SECRET|PASSWORD|_URL)");

  /** Each of these makes it impossible to confine servers, to limit them, or to run them. */
  private static final Set<String> IMPOSSIBLE =
      Set.of(
          "ProtectKernelTunables",
          "ProtectKernelLogs",
          "ProtectHostname",
          "ProtectControlGroups",
          "MemoryDenyWriteExecute",
          "NoExecPaths",
          "PrivateNetwork");

  @TempDir private Path folder;

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(UNITS.resolve(file));
  }

  @Test
  void theUnitsAreFreeOfMistakes() throws IOException {
    String program = Requires.systemdAnalyze().toString();
    for (String unit :
        List.of("toolgate.service", "toolgate-backup.service", "toolgate-backup.timer")) {
      Files.writeString(
          folder.resolve(unit),
          Files.readString(UNITS.resolve(unit))
              .replace("/opt/toolgate/current", Path.of("").toAbsolutePath().toString()));
    }

    Ran verified =
        Ran.command(
            Map.of(),
            program,
            "verify",
            folder.resolve("toolgate.service").toString(),
            folder.resolve("toolgate-backup.timer").toString());

    assertEquals(new Ran(0, "", ""), verified);
  }

  @ParameterizedTest
  @CsvSource({"toolgate.service, 23", "toolgate-backup.service, 11"})
  void aUnitIsExposedNoMoreThanNeeded(String unit, String tenths) {
    String program = Requires.systemdAnalyze().toString();

    Ran judged =
        Ran.command(
            Map.of(),
            program,
            "security",
            "--no-pager",
            "--offline=true",
            "--threshold=" + tenths,
            UNITS.resolve(unit).toString());

    assertEquals(0, judged.code(), judged.out() + judged.err());
  }

  @Test
  void nothingStandsInTheWayOfConfinedServers() throws IOException {
    List<String> settings =
        lines("toolgate.service").stream().filter(line -> line.matches("[A-Za-z]+=.*")).toList();

    assertTrue(settings.contains("RestrictNamespaces=user mnt pid"), settings.toString());
    assertEquals(
        List.of(),
        settings.stream()
            .filter(line -> IMPOSSIBLE.contains(line.substring(0, line.indexOf('='))))
            .toList());
  }

  @Test
  void theExampleOfSettingsHoldsNoSecretAndSaysOfEachWhatItIs() throws IOException {
    List<String> lines = lines("toolgate.env.example");
    String readme =
        Files.readString(Path.of("README.md")) + Files.readString(Path.of("tenants/README.md"));

    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isEmpty() && !line.startsWith("#")) {
        String[] setting = line.split("=", 2);
        assertTrue(lines.get(i - 1).matches("# .*\\."), "no sentence before " + line);
        assertTrue(readme.contains("`" + setting[0] + "`"), line);
        assertTrue(!SECRET.matcher(setting[0]).matches() || setting[1].isEmpty(), line);
      }
    }
  }
}
