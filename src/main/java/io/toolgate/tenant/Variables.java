package io.toolgate.tenant;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final Pattern OWN =
      Pattern.compile(
          "(DATABASE_URL|POSTGRES_PASSWORD|WEBUI_SECRET_KEY|MCP_API_KEYS?|OPENAI_API_KEY"
              + "|FORWARD_USER_INFO_HEADER_JWT_SECRET|GATEWAY_SHARED_SECRET|ADMIN_EMAILS)(_FILE)?"
              + "|(API_GATEWAY|TOOLGATE|QUARKUS)_.*");

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
    return !isPredefined(name) && OWN.matcher(name.toUpperCase(Locale.ROOT)).matches();
  }

  static boolean isPredefined(String name) {
    return PREDEFINED.contains(name);
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
