package io.toolgate.identity;

import io.toolgate.text.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads secrets from settings or files, and collects what is wrong with them. */
public final class SecretReader {
  private static final int SHORTEST = 16;
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(test-key|mcp-secret-key|mcp-proxy)|(generate-|your-|change-?me|replace-?me).*",
          Pattern.DOTALL);
  private static final Pattern SENDABLE = Pattern.compile("[!-~]+");

  /** Signs to which the reading of settings gives a meaning of its own, and so changes. */
  private static final Pattern CHANGED = Pattern.compile("\\$[$\\{]");

  private final Function<String, String> environment;
  private final List<String> mistakes;
  private final Optional<List<String>> warnings;

  /**
   * @param environment the process's own, by name
   */
  public SecretReader(Function<String, String> environment, List<String> mistakes) {
    this(environment, mistakes, Optional.empty());
  }

  /**
   * @param warnings where keys that are short are told and not refused, because only this machine
   *     can try them; empty where others may
   */
  SecretReader(
      Function<String, String> environment,
      List<String> mistakes,
      Optional<List<String>> warnings) {
    this.environment = environment;
    this.mistakes = mistakes;
    this.warnings = warnings;
  }

  /**
   * A secret as its operator wrote it.
   *
   * @param name of the environment variable that holds it
   * @param value one of nothing but spaces is a slip, not a secret that is not wanted
   */
  public Optional<String> text(String name, Optional<String> value, Optional<Path> file) {
    String raw = environment.apply(name);
    if (raw != null && CHANGED.matcher(raw).find()) {
      mistakes.add(
          "%s holds $$ or ${, which is not taken letter by letter. Write it to a file and name that in %s_FILE."
              .formatted(name, name));
      return Optional.empty();
    }
    if (value.filter(String::isBlank).isPresent()) {
      mistakes.add("%s holds nothing but spaces. Set it, or take it away.".formatted(name));
      return Optional.empty();
    }
    if (file.isEmpty()) {
      return value;
    }
    if (value.isPresent()) {
      mistakes.add("%s and %s_FILE are both set; keep one of them.".formatted(name, name));
      return Optional.empty();
    }
    try {
      String content = TextFile.read(file.get());
      String text = content.replaceFirst("\\r?\\n\\z", "");
      if (text.isBlank()) {
        mistakes.add("%s_FILE names %s, which is empty.".formatted(name, file.get()));
        return Optional.empty();
      }
      return Optional.of(text);
    } catch (IOException e) {
      mistakes.add(
          "%s_FILE names %s, which cannot be read as UTF-8 text.".formatted(name, file.get()));
      return Optional.empty();
    }
  }

  /** A secret that was chosen well enough to keep anybody out. */
  Optional<String> secret(String name, Optional<String> value, Optional<Path> file) {
    return text(name, value, file).filter(text -> isStrong(name, text));
  }

  /** A key that callers send, and that is compared with what they sent. */
  Optional<String> key(String name, Optional<String> value, Optional<Path> file) {
    return text(name, value.map(String::strip), file).filter(key -> isKey(name, key));
  }

  boolean isKey(String name, String text) {
    boolean fit = isNoPlaceholder(name, text) && isSendable(name, text);
    if (!fit || text.length() >= SHORTEST || warnings.isEmpty()) {
      return fit && isLong(name, text);
    }
    warnings
        .get()
        .add(
            "%s has %d characters, which does while only this machine is listened to; elsewhere %d are the least, as of: openssl rand -hex 32"
                .formatted(name, text.length(), SHORTEST));
    return true;
  }

  /** Such a secret that is sent in a header as it stands. */
  Optional<String> sent(String name, Optional<String> value, Optional<Path> file) {
    return secret(name, value.map(String::strip), file).filter(text -> isSendable(name, text));
  }

  private boolean isStrong(String name, String text) {
    return isNoPlaceholder(name, text) && isLong(name, text);
  }

  private boolean isNoPlaceholder(String name, String text) {
    if (PLACEHOLDER.matcher(text.strip().toLowerCase(Locale.ROOT)).matches()) {
      mistakes.add(
          "%s is a placeholder that everybody knows. Set it to the output of: openssl rand -hex 32"
              .formatted(name));
      return false;
    }
    return true;
  }

  private boolean isLong(String name, String text) {
    if (text.length() < SHORTEST) {
      mistakes.add(
          "%s has %d characters; %d is the least. Set it to the output of: openssl rand -hex 32"
              .formatted(name, text.length(), SHORTEST));
      return false;
    }
    return true;
  }

  private boolean isSendable(String name, String text) {
    if (!SENDABLE.matcher(text).matches()) {
      mistakes.add(
          "%s holds spaces or characters beyond ASCII, which no header carries unchanged."
              .formatted(name));
      return false;
    }
    return true;
  }
}
