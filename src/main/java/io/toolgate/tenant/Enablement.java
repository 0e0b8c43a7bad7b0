package io.toolgate.tenant;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator says about servers being on or off, beside what the files say.
 *
 * <p>Names count whatever their case, and also as a file spells them that is served under others,
 * so that a server meant to be switched off is.
 *
 * @param demos whether definitions marked as demo are on; true only while no authentication is
 *     configured
 * @param enable names in {@code ENABLE_SERVERS}
 * @param disable names in {@code DISABLE_SERVERS}, which wins over everything
 */
public record Enablement(boolean demos, Set<String> enable, Set<String> disable) {

  public Enablement {
    enable = cleaned(enable);
    disable = cleaned(disable);
  }

  boolean enables(String server) {
    return enable.contains(server.toLowerCase(Locale.ROOT));
  }

  boolean disables(String server) {
    return disable.contains(server.toLowerCase(Locale.ROOT));
  }

  private static Set<String> cleaned(Set<String> names) {
    return names.stream()
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .map(ServerNames::served)
        .collect(Collectors.toUnmodifiableSet());
  }
}
