package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {
  @TempDir Path folder;

  private static Encryption with(Optional<String> key, Optional<Path> file) {
    EncryptionSettings settings =
        new EncryptionSettings() {
          @Override
          public Optional<String> key() {
            return key;
          }

          @Override
          public Optional<Path> keyFile() {
            return file;
          }
        };
    return new Encryption(
        settings, name -> name.equals("TOOLGATE_ENCRYPTION_KEY") ? key.orElse(null) : null);
  }

  private static Encryption with(String key) {
    return with(Optional.of(key), Optional.empty());
  }

  @Test
  void nothingIsEncryptedWithoutAKey() {
    Encryption none = with(Optional.empty(), Optional.empty());

    assertEquals(List.of(), none.mistakes());
    assertTrue(none.keys().isEmpty());
  }

  @Test
  void severalKeysAreSeparatedByCommas() {
    Encryption encryption = with(" " + TestKeys.text(1) + " , " + TestKeys.text(2) + "\n");

    assertEquals(List.of(), encryption.mistakes());
    assertFalse(encryption.keys().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF"})
  void aKeyMayStandInAFileWhateverMarkIsBeforeIt(String mark) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), mark + TestKeys.text(1) + "\n");
    CredentialRow row = new CredentialRow("g", "s", "k", "");

    KeyRing keys = with(Optional.empty(), Optional.of(file)).keys();

    String stored = keys.encrypt(row, "value");
    assertEquals(
        new OpenedValue.Readable("value", OpenedValue.Form.ENCRYPTED),
        TestKeys.ring(1).open(new CredentialRow("g", "s", "k", stored)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "change-me",
        "not base64!",
        "c2hvcnQ=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "dGhpcyBpcyBhIHBhc3NwaHJhc2Ugb2YgMzIgY2hhcnM=",
        "AAECAwQFBgcICQoLDAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
      })
  void aMalformedOrWeakKeyIsAMistakeThatSaysHowToMakeOne(String key) {
    for (String text : List.of(key, TestKeys.text(1) + "," + key)) {
      Encryption encryption = with(text);

      assertEquals(1, encryption.mistakes().size());
      String mistake = encryption.mistakes().get(0);
      assertTrue(mistake.startsWith("TOOLGATE_ENCRYPTION_KEY"), mistake);
      assertTrue(mistake.endsWith("openssl rand -base64 32"), mistake);
      assertFalse(mistake.contains(key), mistake);
      assertTrue(encryption.keys().isEmpty());
    }
  }

  @Test
  void emptyPartsAndRepeatedKeysAreMistakes() {
    assertEquals(1, with(TestKeys.text(1) + ",").mistakes().size());
    assertEquals(1, with("," + TestKeys.text(1)).mistakes().size());
    assertEquals(1, with(TestKeys.text(1) + "," + TestKeys.text(1)).mistakes().size());
    assertEquals(1, with("  ").mistakes().size());
  }

  @Test
  void aFileThatCannotBeReadIsAMistake() {
    Encryption encryption = with(Optional.empty(), Optional.of(folder.resolve("absent")));

    assertEquals(1, encryption.mistakes().size());
  }
}
