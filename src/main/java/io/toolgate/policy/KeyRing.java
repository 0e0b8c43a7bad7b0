package io.toolgate.policy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts values of rows, and decrypts them: AES-256-GCM, a random nonce each time (see
 * docs/adr/0011). The first key encrypts, all decrypt.
 *
 * <p>Invariant: what is encrypted is bound to its row; in any other it does not decrypt.
 *
 * <p>Threading: any thread.
 */
final class KeyRing {
  /** Without keys: encrypts nothing and reads nothing that is encrypted. */
  static final KeyRing EMPTY = new KeyRing(Map.of());

  private static final String MARK = "tgenc:";
  private static final Pattern FORM = Pattern.compile("tgenc:1:([0-9a-f]{8}):([A-Za-z0-9_-]+)");
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final OpenedValue BROKEN =
      new OpenedValue.Unreadable("does not decrypt: it was changed, or is another row's");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, EncryptionKey> keys;
  private final Optional<EncryptionKey> first;

  /**
   * @param keys by id, in their order
   */
  KeyRing(Map<String, EncryptionKey> keys) {
    this.keys = new LinkedHashMap<>(keys);
    this.first = keys.values().stream().findFirst();
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /**
   * What is to be stored for a value.
   *
   * @param row the one it will stand in
   */
  String encrypt(CredentialRow row, String value) {
    EncryptionKey key = first.orElseThrow();
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] secret =
          cipher(Cipher.ENCRYPT_MODE, key, nonce, row)
              .doFinal(value.getBytes(StandardCharsets.UTF_8));
      byte[] all = ByteBuffer.allocate(nonce.length + secret.length).put(nonce).put(secret).array();
      return MARK
          + "1:"
          + key.id()
          + ":"
          + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has the algorithm
    }
  }

  /** Whether a row's value is not clear; perhaps it does not decrypt. */
  boolean isEncrypted(CredentialRow row) {
    return row.stored().startsWith(MARK);
  }

  /** What a row holds, clear or encrypted. */
  OpenedValue open(CredentialRow row) {
    if (!isEncrypted(row)) {
      return new OpenedValue.Readable(
          row.stored(), isEmpty() ? OpenedValue.Form.CLEAR : OpenedValue.Form.OUTDATED);
    }
    Matcher form = FORM.matcher(row.stored());
    if (!form.matches()) {
      return new OpenedValue.Unreadable("begins like an encrypted value and is none");
    }
    EncryptionKey key = keys.get(form.group(1));
    if (key == null) {
      return new OpenedValue.Unreadable(
          "is encrypted with a key that TOOLGATE_ENCRYPTION_KEY does not hold (id "
              + form.group(1)
              + ")");
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(form.group(2));
      if (all.length < NONCE_BYTES + TAG_BITS / 8) {
        return BROKEN;
      }
      byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).put(all, 0, NONCE_BYTES).array();
      byte[] value =
          cipher(Cipher.DECRYPT_MODE, key, nonce, row)
              .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return new OpenedValue.Readable(
          new String(value, StandardCharsets.UTF_8),
          key == first.orElseThrow() ? OpenedValue.Form.ENCRYPTED : OpenedValue.Form.OUTDATED);
    } catch (GeneralSecurityException | IllegalArgumentException | ProviderException e) {
      return BROKEN;
    }
  }

  private static Cipher cipher(int mode, EncryptionKey key, byte[] nonce, CredentialRow row)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(row.place());
    return cipher;
  }
}
