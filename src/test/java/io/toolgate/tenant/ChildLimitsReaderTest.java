package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChildLimitsReaderTest {
  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder);
  }

  private ChildLimits limits(String limits) {
    ServerDefinition server = fixture.server("{\"command\": \"c\", \"limits\": " + limits + "}");
    return ((Transport.Stdio) server.transport()).limits();
  }

  @Test
  void readsAllThree() {
    ChildLimits limits = limits("{\"memory\": \"512m\", \"cpu\": 0.5, \"files\": 256}");

    assertEquals(
        new ChildLimits(Optional.of(512L << 20), Optional.of(0.5), Optional.of(256)), limits);
  }

  @ParameterizedTest
  @CsvSource({
    "2097152, 2097152",
    "'\"2097152\"', 2097152",
    "'\"2048k\"', 2097152",
    "'\"1.5M\"', 1572864",
    "'\"2 MiB\"', 2097152",
    "'\"1gb\"', 1073741824",
    "'\"1Gi\"', 1073741824",
    "'\"1t\"', 1099511627776",
    "'\"${SIZE}\"', 3145728",
  })
  void readsSizesAsOperatorsWriteThem(String size, long bytes) {
    fixture.set("SIZE", "3m");

    assertEquals(Optional.of(bytes), limits("{\"memory\": " + size + "}").memoryBytes());
  }

  @Test
  void limitsNothingThatIsNotGiven() {
    assertEquals(ChildLimits.NONE, limits("{}"));
    assertEquals(ChildLimits.NONE, limits("null"));
    assertEquals(ChildLimits.NONE, limits("{\"memory\": null, \"cpu\": null, \"files\": null}"));
  }

  @ParameterizedTest
  @CsvSource({
    "'[]', ': must be an object, not an empty array'",
    "'{\"memory\": 512}', '/memory: 512 is no size from 1 MiB up; write bytes, or a string such as"
        + " \"512m\" or \"1g\"'",
    "'{\"memory\": \"lots\"}', '/memory: \"lots\" is no size from 1 MiB up; write bytes, or a"
        + " string such as \"512m\" or \"1g\"'",
    "'{\"memory\": true}', '/memory: must be a number of bytes or a string such as \"512m\", not"
        + " true'",
    "'{\"cpu\": 0}', '/cpu: 0 is no number of processors from 0.01 to 1024'",
    "'{\"cpu\": \"half\"}', '/cpu: \"half\" is not a number of processors such as 0.5'",
    "'{\"files\": 0}', '/files: 0 is no whole number from 1 up'",
    "'{\"mem\": \"1g\", \"cpus\": 1}', '/cpus: unknown key; did you mean \"cpu\"?'",
  })
  void refusesWrongValues(String limits, String mistake) {
    assertEquals(
        List.of("/limits" + mistake),
        fixture.mistakes("{\"command\": \"c\", \"limits\": " + limits + "}"));
  }

  @Test
  void refusesLimitsOfARemoteServer() {
    assertEquals(
        List.of("/limits: only a server with \"command\" can be limited"),
        fixture.mistakes("{\"url\": \"http://h\", \"limits\": {\"files\": 9}}"));
  }
}
