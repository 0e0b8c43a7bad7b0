package io.toolgate.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;

/**
 * A key that proves a program.
 *
 * <p>Invariant: only the key's digest is kept. Comparing digests takes the same time whatever was
 * sent, also for another length, and nothing that prints this object can show the key.
 */
final class ApiKey {
  private final String name;
  private final byte[] digest;
  private final Optional<Set<String>> groups;
  private final boolean actsForUsers;

  /**
   * @param groups whose servers it may use; empty for every server
   * @param actsForUsers whether its holder may name a user in plain headers
   */
  ApiKey(String name, String key, Optional<Set<String>> groups, boolean actsForUsers) {
    this.name = name;
    this.digest = digest(key);
    this.groups = groups.map(Set::copyOf);
    this.actsForUsers = actsForUsers;
  }

  String name() {
    return name;
  }

  Optional<Set<String>> groups() {
    return groups;
  }

  boolean actsForUsers() {
    return actsForUsers;
  }

  /**
   * @param presented digest of what was sent
   */
  boolean matches(byte[] presented) {
    return MessageDigest.isEqual(digest, presented);
  }

  static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  @Override
  public String toString() {
    return "ApiKey[" + name + "]";
  }
}
