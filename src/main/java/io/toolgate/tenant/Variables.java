package io.toolgate.tenant;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The environment variables that definitions may use.
 *
 * <p>Invariant: Toolgate's own settings and secrets are never handed out, whoever asks. An empty
 * variable counts as unset, because that is what a blank line in an {@code .env} file means.
 *
 * <p>Threading: immutable.
 */
public final class Variables {
  /** Folder of the installed product. */
  public static final String HOME = "TOOLGATE_HOME";

  /** Folder for data. */
  public static final String DATA = "TOOLGATE_DATA";

  /** The {@code java} program that runs Toolgate. */
  public static final String JAVA = "TOOLGATE_JAVA";

  /** Class path for the MCP servers that ship with Toolgate. */
  public static final String CLASSPATH = "TOOLGATE_CLASSPATH";

  private static final Set<String> PREDEFINED = Set.of(HOME, DATA, JAVA, CLASSPATH);
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * Secrets that Toolgate reads; each also from the file that a variable with {@code _FILE} names.
   */
  private static final Set<String> SECRETS =
      Set.of(
          "DATABASE_URL",
          "FORWARD_USER_INFO_HEADER_JWT_SECRET",
          "GATEWAY_SHARED_SECRET",
          "MCP_API_KEY",
          "MCP_API_KEYS",
          "WEBUI_SECRET_KEY");

  /** Others that decide who is let in. */
  private static final Set<String> ACCESS = Set.of("ADMIN_EMAILS", "API_GATEWAY_MODE");

  /** Each setting there is can be given by a variable that begins like this. */
  private static final Pattern SETTINGS = Pattern.compile("(TOOLGATE|QUARKUS)_.*");

  private final Function<String, String> environment;
  private final Map<String, String> predefined;

  private Variables(Function<String, String> environment, Map<String, String> predefined) {
    if (!PREDEFINED.containsAll(predefined.keySet())) {
      throw new IllegalArgumentException("Predefined are only " + PREDEFINED);
    }
    this.environment = environment;
    this.predefined = Map.copyOf(predefined);
  }

  /**
   * Those of this process.
   *
   * @param predefined values of {@link #HOME}, {@link #DATA}, {@link #JAVA}, {@link #CLASSPATH}
   */
  public static Variables ofProcess(Map<String, String> predefined) {
    return new Variables(System::getenv, predefined);
  }

  public static Variables of(Map<String, String> environment, Map<String, String> predefined) {
    return new Variables(Map.copyOf(environment)::get, predefined);
  }

  /** The value, never empty; none where it is unset, empty, or not for definitions. */
  public Optional<String> find(String name) {
    if (isOwn(name)) {
      return Optional.empty();
    }
    return Optional.ofNullable(predefined.get(name))
        .or(() -> Optional.ofNullable(environment.apply(name)))
        .filter(value -> !value.isEmpty());
  }

  /** Whether a definition may never use it, because it is a setting or a secret of Toolgate. */
  public static boolean isOwn(String name) {
    String folded = name.toUpperCase(Locale.ROOT);
    return !isPredefined(name)
        && (SECRETS.contains(folded.replaceFirst("_FILE$", ""))
            || ACCESS.contains(folded)
            || SETTINGS.matcher(folded).matches());
  }

  static boolean isPredefined(String name) {
    return PREDEFINED.contains(name);
  }

  /** Whether {@code ${...}} can name it. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether the environment of a program can hold it; more than {@code ${...}} can name. */
  static boolean isLegal(String name) {
    return !name.isEmpty() && name.chars().noneMatch(c -> c == '=' || Character.isISOControl(c));
  }

  /** Names that belong to Toolgate, each as it is spelled in settings. */
  static Set<String> own() {
    Set<String> names = new TreeSet<>(ACCESS);
    SECRETS.forEach(secret -> names.addAll(List.of(secret, secret + "_FILE")));
    return names;
  }
}
