package io.toolgate.upstream;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Replaces the secrets of one server in what that server says. Longer ones first, so that no rest
 * of one stays.
 */
final class Masking {
  private final List<String> secrets;

  Masking(Set<String> secrets) {
    this.secrets =
        secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  String mask(String text) {
    String result = text;
    for (String secret : secrets) {
      result = result.replace(secret, "***");
    }
    return result;
  }
}
