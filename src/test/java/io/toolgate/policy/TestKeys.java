package io.toolgate.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Encryption keys, each known by a number. */
final class TestKeys {
  private TestKeys() {}

  /** As an operator writes it. */
  static String text(int number) {
    byte[] bytes = new byte[32];
    new Random(number).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The first encrypts. */
  static KeyRing ring(int... numbers) {
    List<String> mistakes = new ArrayList<>();
    String text = Arrays.stream(numbers).mapToObj(TestKeys::text).collect(Collectors.joining(","));
    return new KeyRingReader("KEY", mistakes)
        .read(text)
        .orElseThrow(() -> new AssertionError(mistakes));
  }
}
