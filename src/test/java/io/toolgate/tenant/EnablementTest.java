package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnablementTest {
  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "on",
      value = {
        // keys of the file; demos; named in ENABLE_SERVERS; in DISABLE_SERVERS; reason
        "'', false, false, false, on",
        "'', false, false, true, disabled by DISABLE_SERVERS",
        "'', false, true, true, disabled by DISABLE_SERVERS",
        "'\"disabled\": true', false, false, false, disabled in its file",
        "'\"disabled\": true', false, true, false, on",
        "'\"disabled\": true, \"requires\": [\"A\"]', false, false, false, disabled in its file",
        "'\"disabled\": true, \"requires\": [\"A\", \"B\"]', false, true, false, 'needs A, B'",
        "'\"requires\": [\"A\"]', false, false, true, disabled by DISABLE_SERVERS",
        "'\"demo\": true', true, false, false, on",
        "'\"demo\": true', false, true, false, on",
        "'\"demo\": true', true, false, true, disabled by DISABLE_SERVERS",
        "'\"demo\": true', false, false, false,"
            + " 'a demo, on only while no authentication is configured'",
        "'\"demo\": true, \"requires\": [\"A\"]', false, false, false, needs A",
        "'\"demo\": true, \"disabled\": true', true, false, false, disabled in its file",
      })
  void decidesWhetherAServerIsOn(
      String keys, boolean demos, boolean enable, boolean disable, String reason) {
    fixture.with(
        new Enablement(demos, enable ? Set.of(" S ") : Set.of(), disable ? Set.of("S") : Set.of()));

    ServerDefinition server =
        fixture.server("{\"command\": \"c\"" + (keys.isEmpty() ? "" : ", ") + keys + "}");

    assertEquals(Optional.ofNullable(reason), server.off());
  }

  @Test
  void warnsOfNamesThatNoFileDefines() {
    fixture.with(new Enablement(false, Set.of("s", "gone", ""), Set.of("lost")));

    List<String> warnings = fixture.warnings("{\"command\": \"c\"}");

    assertEquals(
        List.of(
            "ENABLE_SERVERS: \"gone\" is no server of any file",
            "DISABLE_SERVERS: \"lost\" is no server of any file"),
        warnings);
  }
}
