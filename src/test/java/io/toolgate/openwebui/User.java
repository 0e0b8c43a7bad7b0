package io.toolgate.openwebui;

import io.toolgate.identity.Minted;
import java.util.List;
import java.util.Optional;

/**
 * A user of Open WebUI, and the tokens that are at hand while they chat. An automation runs in the
 * name of its owner too, but has none.
 *
 * @param groups names of the groups that Open WebUI has them in
 * @param session the token with which they are signed in to Open WebUI
 * @param access the token that the identity provider gave when they signed in through it
 */
record User(
    String id,
    String email,
    String name,
    String role,
    List<String> groups,
    Optional<String> session,
    Optional<String> access) {
  static final User ANN = named("ann");
  static final User BOB = named("bob");
  static final User CAROL = named("carol");

  /** Somebody in no group, with an address at example.org. */
  static User named(String name) {
    String email = name + "@example.org";
    return new User(
        "id-of-" + email, email, name, "user", List.of(), Optional.empty(), Optional.empty());
  }

  /** Such as {@code admin} or {@code pending}. */
  User as(String otherRole) {
    return new User(id, email, name, otherRole, groups, session, access);
  }

  User inGroups(String... names) {
    return new User(id, email, name, role, List.of(names), session, access);
  }

  /** With a session as Open WebUI signs it, which holds the id alone. */
  User signedIn(String secret) {
    return withSession(Minted.session(id).sign(secret));
  }

  User withSession(String token) {
    return new User(id, email, name, role, groups, Optional.of(token), access);
  }

  User withAccess(String token) {
    return new User(id, email, name, role, groups, session, Optional.of(token));
  }

  User automated() {
    return new User(id, email, name, role, groups, Optional.empty(), Optional.empty());
  }
}
