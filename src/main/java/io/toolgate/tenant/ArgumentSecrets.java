package io.toolgate.tenant;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the secrets among the arguments of a command: what follows {@code --api-key}, {@code
 * --header} or {@code -e}, as the next argument or behind an equals sign, and values in JSON.
 */
final class ArgumentSecrets {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?<name>-{0,2}[A-Za-z_][\\w.-]*)=(?<value>.+)", Pattern.DOTALL);
  private static final Pattern HEADER =
      Pattern.compile("(?<name>[A-Za-z][\\w-]*)\\s*:\\s*(?<value>[^\\s/].*)", Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("-{1,2}[A-Za-z].*");
  private static final Pattern HEADER_OPTION = Pattern.compile("-H|--?headers?");
  private static final Pattern HEADER_NAME =
      Pattern.compile("(?i)(proxy-)?authorization|cookie|x-.*");

  /** What only says where a secret is. */
  private static final Pattern PLACE = Pattern.compile("(?i).*[_-]?(file|path|dir)");

  private final Secrets secrets;

  ArgumentSecrets(Secrets secrets) {
    this.secrets = secrets;
  }

  void add(List<String> arguments) {
    String before = "";
    for (String argument : arguments) {
      add(before, argument);
      before = argument;
    }
  }

  private void add(String before, String argument) {
    secrets.addUrlPasswords(argument);
    secrets.addJson(argument);
    Matcher assignment = ASSIGNMENT.matcher(argument);
    Matcher header = HEADER.matcher(argument);
    if (assignment.matches()) {
      add(assignment.group("name"), assignment.group("value"));
    } else if (header.matches() && isHeader(before, header.group("name"))) {
      if (Secrets.isCredential(header.group("name"), header.group("value"))) {
        secrets.addHeader(header.group("value"));
      }
    }
    if (isTold(before) && !OPTION.matcher(argument).matches()) {
      secrets.addHeader(argument);
    }
  }

  private static boolean isHeader(String before, String name) {
    return HEADER_OPTION.matcher(before).matches() || HEADER_NAME.matcher(name).matches();
  }

  /** Whether what stands before a value, an option or a variable's name, says it is secret. */
  private static boolean isTold(String before) {
    return (OPTION.matcher(before).matches() || Variables.isName(before))
        && !before.contains("=")
        && !PLACE.matcher(before).matches()
        && Secrets.telling(before);
  }
}
