package io.toolgate.identity;

import java.util.Optional;
import java.util.Set;

/** Who is calling, and how that was proven. */
public sealed interface Caller {

  /**
   * The name for the access log. As its sender wrote it: the log bounds and escapes it (see {@code
   * audit.AccessLog}).
   */
  String label();

  /**
   * A caller of whom no proof is asked. Exists only while no authentication is configured, or the
   * operator has allowed anonymous callers; where a proof is asked for and none came, there is no
   * caller at all (see {@link Identification#identify}).
   */
  record Anonymous() implements Caller {
    @Override
    public String label() {
      return "anonymous";
    }
  }

  /**
   * A program that has proven itself with a key and names no user.
   *
   * @param name of the key
   * @param groups whose servers the key may use; empty for every server
   */
  record Service(String name, Optional<Set<String>> groups) implements Caller {
    public Service {
      groups = groups.map(Set::copyOf);
    }

    @Override
    public String label() {
      return "key:" + name;
    }
  }

  /**
   * A person.
   *
   * @param email in ASCII lower case; what users are told apart by
   * @param id given by whoever proves the user; {@code ""} if none
   * @param name for people to read; {@code ""} if none
   * @param groups carried by the proof; those in the database come on top
   * @param admin whether the proof says that this is an administrator
   * @param how the strongest proof there was
   * @param within groups of the key beside the proof: the user may use no more than they may; empty
   *     for no such limit
   */
  record User(
      String email,
      String id,
      String name,
      Set<String> groups,
      boolean admin,
      Proof how,
      Optional<Set<String>> within)
      implements Caller {
    public User {
      groups = Set.copyOf(groups);
      within = within.map(Set::copyOf);
    }

    @Override
    public String label() {
      return email;
    }
  }
}
