package io.toolgate.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Gives every tool its operationId, which clients use as the tool's name, verbatim.
 *
 * <p>Invariants: ids are unique and match {@code [A-Za-z_][A-Za-z0-9_-]{0,62}}, the narrowest rule
 * of the model APIs. An id depends on nothing but its own server and tool, so a server that comes
 * or goes changes no other server's names. The one exception: where two would be equal ({@code a}
 * with {@code b_c}, {@code a_b} with {@code c}), the tool of the server with the shorter name keeps
 * it.
 *
 * <p>Therefore give all servers here, whoever may see them, each with its last known tools.
 */
final class OperationIds {
  /** A tool by its full name. */
  record Name(String server, String tool) {}

  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");
  private static final Pattern UNWANTED = Pattern.compile("[^A-Za-z0-9_-]");
  private static final Pattern NO_WORD_CHARACTER = Pattern.compile("[^A-Za-z0-9_]");
  private static final int MOST_CHARACTERS = 63;
  private static final int HASH_CHARACTERS = 8;

  private OperationIds() {}

  /**
   * Ids over all servers: {@code {server}_{tool}}.
   *
   * @param names without doubles; the order does not matter
   */
  static Map<Name, String> assign(List<Name> names) {
    return assign(names, name -> name.server() + "_" + name.tool());
  }

  /**
   * Ids within one server's own document as mcpo makes them: {@code tool_{tool}_post}, every
   * character outside of {@code [A-Za-z0-9_]} replaced.
   */
  static Map<Name, String> assignAsMcpo(List<Name> names) {
    return assign(
        names, name -> "tool_" + NO_WORD_CHARACTER.matcher(name.tool()).replaceAll("_") + "_post");
  }

  /** The same ids with a prefix, as far as they are not too long then. */
  static Map<Name, String> prefixed(Prefix prefix, Map<Name, String> ids) {
    return assign(List.copyOf(ids.keySet()), name -> prefix.text() + ids.get(name));
  }

  private static Map<Name, String> assign(List<Name> names, Function<Name, String> wish) {
    List<Name> ordered = new ArrayList<>(names);
    ordered.sort(
        Comparator.comparingInt((Name name) -> name.server().length())
            .thenComparing(Name::server)
            .thenComparing(Name::tool));
    Map<Name, String> ids = new HashMap<>(names.size() * 2);
    Set<String> taken = new HashSet<>(names.size() * 2);
    for (Name name : ordered) {
      String wished = wish.apply(name);
      if (WELL_FORMED.matcher(wished).matches() && taken.add(wished)) {
        ids.put(name, wished);
      }
    }
    for (Name name : ordered) {
      ids.computeIfAbsent(name, unnamed -> hashed(wish.apply(unnamed), unnamed, taken));
    }
    return ids;
  }

  /** Longer hashes only where a tool's own name imitates a hash. */
  private static String hashed(String wished, Name name, Set<String> taken) {
    String hash = sha256(name.server() + "\0" + name.tool());
    for (int length = HASH_CHARACTERS; ; length++) {
      String id = shortened(wished, MOST_CHARACTERS - 1 - length) + "_" + hash.substring(0, length);
      if (taken.add(id)) {
        return id;
      }
    }
  }

  private static String shortened(String wished, int length) {
    String clean = UNWANTED.matcher(wished).replaceAll("_");
    char first = clean.charAt(0);
    String started = first == '-' || Character.isDigit(first) ? "_" + clean : clean;
    return started.substring(0, Math.min(length, started.length()));
  }

  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
