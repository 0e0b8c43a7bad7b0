package io.toolgate.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for AES-256.
 *
 * @param id tells keys apart in what is stored, and nothing of the key
 */
record EncryptionKey(String id, SecretKey secret) {
  static final int BYTES = 32;
  private static final int ID_BYTES = 4;
  private static final String LABEL = "toolgate encryption key id\n";

  static EncryptionKey of(byte[] bytes) {
    return new EncryptionKey(id(bytes), new SecretKeySpec(bytes, "AES"));
  }

  private static String id(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(LABEL.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(bytes), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "key " + id;
  }
}
