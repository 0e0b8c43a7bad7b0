package io.toolgate.identity;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;

/**
 * The claims of a verified token.
 *
 * <p>A claim of another type than expected counts as absent, so that what depends on it is refused.
 */
record Claims(JwtClaims claims) {

  /** Empty too where the claim is blank. */
  Optional<String> text(String name) {
    return claims.getClaimValue(name) instanceof String text && !text.isBlank()
        ? Optional.of(text.strip())
        : Optional.empty();
  }

  /** The texts of a list; a single text counts as a list of one. */
  Set<String> texts(String name) {
    Object value = claims.getClaimValue(name);
    List<?> list =
        value instanceof List<?> many
            ? many
            : value instanceof String one ? List.of(one) : List.of();
    Set<String> texts = new LinkedHashSet<>();
    for (Object element : list) {
      if (element instanceof String text && !text.isBlank()) {
        texts.add(text.strip());
      }
    }
    return texts;
  }

  /** Whether it has no end of its own. */
  boolean neverExpire() {
    return claims.getClaimValue("exp") == null;
  }

  boolean isFalse(String name) {
    Object value = claims.getClaimValue(name);
    return Boolean.FALSE.equals(value) || "false".equals(value);
  }

  /**
   * Whether the issuer left a list out because it was too long, and names a place to ask instead
   * (OpenID Connect Core, section 5.6.2; Entra ID calls it an overage).
   */
  boolean leavesOut(String name) {
    return claims.getClaimValue("_claim_names") instanceof Map<?, ?> elsewhere
            && elsewhere.containsKey(name)
        || Boolean.TRUE.equals(claims.getClaimValue("hasgroups"))
        || "true".equals(claims.getClaimValue("hasgroups"));
  }

  @Override
  public String toString() {
    return "Claims" + claims.getClaimNames();
  }
}
