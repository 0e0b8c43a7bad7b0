package io.toolgate.policy;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the encryption keys as an operator wrote them. No message quotes any of them.
 *
 * <p>A key is told to be weak by what no random one looks like: it is text, or has few different
 * bytes.
 */
final class KeyRingReader {
  private static final int LEAST_DIFFERENT_BYTES = 16;
  private static final String MAKE = " Make one with: openssl rand -base64 32";

  private final String source;
  private final List<String> mistakes;

  /**
   * @param source the name of the setting, for mistakes
   */
  KeyRingReader(String source, List<String> mistakes) {
    this.source = source;
    this.mistakes = mistakes;
  }

  /** The keys in their order; empty with a mistake. */
  Optional<KeyRing> read(String text) {
    Map<String, EncryptionKey> keys = new LinkedHashMap<>();
    String[] parts = text.strip().split("[,\\s]+", -1);
    for (int i = 0; i < parts.length; i++) {
      String which = parts.length == 1 ? source : source + ", key " + (i + 1) + ",";
      byte[] bytes = decode(parts[i]);
      if (bytes.length != EncryptionKey.BYTES) {
        return mistake(which + " is not 32 bytes in Base64.");
      }
      if (isWeak(bytes)) {
        return mistake(which + " can be guessed: it is not random.");
      }
      EncryptionKey key = EncryptionKey.of(bytes);
      if (keys.put(key.id(), key) != null) {
        return mistake(which + " stands there twice.");
      }
    }
    return Optional.of(new KeyRing(keys));
  }

  private Optional<KeyRing> mistake(String sentence) {
    mistakes.add(sentence + MAKE);
    return Optional.empty();
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private static boolean isWeak(byte[] bytes) {
    boolean isText = true;
    boolean[] seen = new boolean[256];
    int different = 0;
    for (byte b : bytes) {
      isText &= b >= ' ' && b <= '~';
      different += seen[b & 0xff] ? 0 : 1;
      seen[b & 0xff] = true;
    }
    return isText || different < LEAST_DIFFERENT_BYTES;
  }
}
