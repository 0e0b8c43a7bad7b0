package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.policy.OpenedValue.Form;
import io.toolgate.policy.OpenedValue.Readable;
import io.toolgate.policy.OpenedValue.Unreadable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
  private static final CredentialRow PLACE = new CredentialRow("dev", "github", "TOKEN", "");
  private static final String SECRET = "ghp_0123456789 grün \u0001";
  private final KeyRing ring = TestKeys.ring(1);

  private static CredentialRow with(String stored) {
    return new CredentialRow(PLACE.group(), PLACE.server(), PLACE.key(), stored);
  }

  private static String reason(OpenedValue value) {
    return assertInstanceOf(Unreadable.class, value).reason();
  }

  @Test
  void whatIsEncryptedIsReadAgain() {
    for (String value : List.of(SECRET, "", "x".repeat(10_000))) {
      String stored = ring.encrypt(PLACE, value);

      assertTrue(stored.matches("tgenc:1:[0-9a-f]{8}:[A-Za-z0-9_-]+"), stored);
      assertEquals(new Readable(value, Form.ENCRYPTED), ring.open(with(stored)));
    }
  }

  @Test
  void readsWhatAnotherProgramWroteByTheSameRules() {
    KeyRing recorded =
        new KeyRingReader("KEY", new ArrayList<>())
            .read("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
            .orElseThrow();
    String stored = "tgenc:1:6ecdd93e:AAECAwQFBgcICQoLIGqmRPXU8Ci5dKG8idDM-djtdPrBkAVjoaBbW8Im";

    assertEquals(new Readable("ghp_0123456789", Form.ENCRYPTED), recorded.open(with(stored)));
  }

  @Test
  void theSameIsNeverEncryptedTheSameWay() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(ring.encrypt(PLACE, SECRET).substring(17, 17 + 16));
    }

    assertEquals(1_000, all.size());
  }

  @Test
  void aClearValueIsReadAsItIs() {
    assertEquals(new Readable(SECRET, Form.OUTDATED), ring.open(with(SECRET)));
    assertEquals(new Readable(SECRET, Form.CLEAR), KeyRing.EMPTY.open(with(SECRET)));
  }

  @Test
  void anotherRowsValueDoesNotDecrypt() {
    String stored = ring.encrypt(PLACE, SECRET);

    for (CredentialRow other :
        List.of(
            new CredentialRow("ops", "github", "TOKEN", stored),
            new CredentialRow("dev", "gitlab", "TOKEN", stored),
            new CredentialRow("dev", "github", "TOKEN_2", stored),
            new CredentialRow("devg", "ithub", "TOKEN", stored),
            new CredentialRow("dev", "githubT", "OKEN", stored),
            new CredentialRow("", "devgithub", "TOKEN", stored))) {
      assertTrue(reason(ring.open(other)).contains("another row"), other.toString());
    }
  }

  @Test
  void noChangedByteDecrypts() {
    String stored = ring.encrypt(PLACE, "secret");
    int begin = stored.lastIndexOf(':') + 1;
    byte[] bytes = Base64.getUrlDecoder().decode(stored.substring(begin));

    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      reason(ring.open(with(stored.substring(0, begin) + text)));
    }
    for (int length = begin; length < stored.length(); length++) {
      reason(ring.open(with(stored.substring(0, length))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tgenc:",
        "tgenc:1",
        "tgenc:1:",
        "tgenc:2:00000000:AAAA",
        "tgenc:1:zzzzzzzz:AAAA",
        "tgenc:1:00000000:",
        "tgenc:1:00000000:AA==",
        "tgenc:1:00000000:AAAA",
        "tgenc:my own secret"
      })
  void whatOnlyLooksEncryptedIsNotUsed(String stored) {
    assertFalse(reason(ring.open(with(stored))).contains("own secret"));
    reason(KeyRing.EMPTY.open(with(stored)));
  }

  @Test
  void theFirstKeyEncryptsAndAllDecrypt() {
    String old = TestKeys.ring(1).encrypt(PLACE, SECRET);
    KeyRing both = TestKeys.ring(2, 1);

    String fresh = both.encrypt(PLACE, SECRET);

    assertEquals(new Readable(SECRET, Form.OUTDATED), both.open(with(old)));
    assertEquals(new Readable(SECRET, Form.ENCRYPTED), TestKeys.ring(2).open(with(fresh)));
    assertTrue(reason(TestKeys.ring(2).open(with(old))).contains("does not hold (id "));
    assertTrue(reason(KeyRing.EMPTY.open(with(old))).contains("does not hold (id "));
    assertNotEquals(old.substring(0, 16), fresh.substring(0, 16));
  }

  @Test
  void nothingShowsASecret() {
    CredentialRow row = with(SECRET);

    assertFalse((row + "" + ring.open(row) + EncryptionKey.of(new byte[32])).contains("ghp_"));
    assertEquals("key " + EncryptionKey.of(new byte[32]).id(), "" + EncryptionKey.of(new byte[32]));
  }
}
