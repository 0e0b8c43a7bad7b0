package io.toolgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {
  @TempDir Path folder;

  private Path file(String bytes) throws IOException {
    return Files.write(folder.resolve("x"), HexFormat.of().parseHex(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "41, A",
    "c3bc, ü",
    "efbbbf, ''",
    "efbbbf41, A",
    "efbbbfefbbbf41, '\uFEFFA'",
    "41efbbbf, 'A\uFEFF'",
    "fffe4100fc00, Aü",
    "feff004100fc, Aü",
    "fffe, ''",
  })
  void readsTextWithoutItsByteOrderMark(String bytes, String text) throws IOException {
    assertEquals(text, TextFile.read(file(bytes)));
    assertEquals(text, TextFile.read(file(bytes), 12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fc", "41ff", "fffe41", "fffe00d8", "efbbbffc"})
  void refusesWhatIsNoText(String bytes) throws IOException {
    Path file = file(bytes);

    assertThrows(CharacterCodingException.class, () -> TextFile.read(file));
  }

  @Test
  void refusesMoreThanItsReaderTakes() throws IOException {
    Path file = file("414243");

    assertEquals("ABC", TextFile.read(file, 3));
    assertThrows(TextFile.TooLarge.class, () -> TextFile.read(file, 2));
  }
}
