package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {
  private static final String ADDRESS = "postgresql://u:p@my_db_1:5433/x";

  @TempDir Path folder;

  private DatabaseAddress read(String text, Charset charset) throws IOException {
    Path file = Files.write(folder.resolve("address"), text.getBytes(charset));
    return DatabaseSettings.of(Optional.empty(), Optional.of(file.toString()), folder, folder)
        .external()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF"})
  void readsTheAddressInAFileWhateverMarkIsBeforeIt(String mark) throws IOException {
    DatabaseAddress address = read(mark + ADDRESS + "\r\n", StandardCharsets.UTF_8);

    assertEquals("my_db_1", address.host());
    assertEquals(ADDRESS, address.uri());
    assertEquals("my_db_1", address.connectOptions().getHost());
  }

  @Test
  void readsAFileThatPowerShellWrote() throws IOException {
    assertEquals(ADDRESS, read("\uFEFF" + ADDRESS, StandardCharsets.UTF_16LE).uri());
  }

  @Test
  void refusesWhatIsNoTextWithoutQuotingIt() {
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class, () -> read(ADDRESS + "é", StandardCharsets.ISO_8859_1));

    assertEquals(
        "DATABASE_URL_FILE names " + folder + "/address, which cannot be read as UTF-8 text.",
        refused.getMessage());
  }
}
