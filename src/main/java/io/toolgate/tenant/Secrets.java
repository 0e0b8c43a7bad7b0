package io.toolgate.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the values of one definition that its server's output must not show.
 *
 * <p>Rather too many than too few, but nothing shorter than six characters: masking those would
 * make the output unreadable and tell more than it hides.
 */
final class Secrets {
  private static final int SHORTEST = 6;
  private static final Pattern TELLING =
      Pattern.compile(
          "KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|AUTH|DSN|COOKIE|PASSPHRASE|PASSCODE"
              + "|CONN(ECTION)?[_-]?STR(ING)?|(?<!BY|COM)PASS(?![A-Z])|[_-]PWD\\b"
              + "|(?<![A-Z])PAT(?![A-Z])");
  private static final Pattern SCHEME =
      Pattern.compile("(?:Bearer|Basic|Token|ApiKey)\\s+(.+)", Pattern.CASE_INSENSITIVE);

  private static final Pattern COOKIE =
      Pattern.compile(".*(COOKIE|SESSION|SIGNATURE).*", Pattern.CASE_INSENSITIVE);

  /** The password in {@code scheme://user:password@host}; the last {@code @} before the path. */
  private static final Pattern URL_PASSWORD =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s/?#:@]*:([^\\s/?#]+)@");

  private static final Pattern PARAMETER = Pattern.compile("([^&=]+)=([^&]+)");

  /** One in a connection string: {@code AccountName=a;AccountKey=b}. */
  private static final Pattern CONNECTION_PART = Pattern.compile("([^;=]+)=([^;]+)");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> values = new HashSet<>();

  /** A value that is secret as a whole, and line by line. */
  void add(String value) {
    keep(value);
    keep(value.strip());
    value.lines().map(String::strip).forEach(this::keep);
    addUrlPasswords(value);
  }

  void addHeader(String value) {
    add(value);
    Matcher credentials = SCHEME.matcher(value.strip());
    if (credentials.matches()) {
      add(credentials.group(1));
    }
  }

  void addEnvironment(String name, String value) {
    if (telling(name)) {
      addHeader(value);
    }
    addUrlPasswords(value);
    addJson(value);
    CONNECTION_PART
        .matcher(value)
        .results()
        .filter(part -> value.contains(";") && telling(part.group(1)))
        .forEach(part -> keep(part.group(2)));
  }

  /** Strings in a text that is JSON, below a key that says that they are secret. */
  void addJson(String text) {
    if (text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")) {
      try {
        addStrings(JSON.readTree(text), false);
      } catch (JsonProcessingException noJson) {
        // Then it is some other text.
      }
    }
  }

  private void addStrings(JsonNode node, boolean secret) {
    if (node.isTextual() && secret) {
      addHeader(node.textValue());
    } else if (node.isTextual()) {
      addUrlPasswords(node.textValue());
    } else if (node.isArray()) {
      node.forEach(one -> addStrings(one, secret));
    } else {
      node.properties().forEach(one -> addStrings(one.getValue(), secret || telling(one.getKey())));
    }
  }

  /** Passwords of all URLs within a text. */
  void addUrlPasswords(String text) {
    URL_PASSWORD.matcher(text).results().forEach(url -> keepDecoded(url.group(1)));
  }

  /** Parameters of a URL's query whose name says that they are secret. */
  void addQuery(String query) {
    PARAMETER
        .matcher(query)
        .results()
        .filter(parameter -> telling(parameter.group(1)))
        .forEach(parameter -> keepDecoded(parameter.group(2)));
  }

  Set<String> values() {
    return Set.copyOf(values);
  }

  /** As it stands in a URL and as it was meant. */
  private void keepDecoded(String value) {
    keep(value);
    try {
      keep(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notEncoded) {
      // Then there is only the one form.
    }
  }

  private void keep(String value) {
    if (value.length() >= SHORTEST) {
      values.add(value);
    }
  }

  /** Whether a header says that it is a credential, by its name or by its value. */
  static boolean isCredential(String header, String value) {
    return telling(header)
        || COOKIE.matcher(header).matches()
        || SCHEME.matcher(value.strip()).matches();
  }

  /** Whether a name says that its value is secret. */
  static boolean telling(String name) {
    return TELLING.matcher(name.toUpperCase(Locale.ROOT)).find();
  }
}
