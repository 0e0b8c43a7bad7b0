package io.toolgate.policy;

import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.GroupCredentials;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The decision for one caller. Document, listings and calls all ask the same one, so they cannot
 * disagree.
 *
 * <p>Immutable, and good for one request: grants change.
 */
public final class Access {
  private final Reach reach;
  private final List<Group> groups;
  private final boolean refreshes;
  private final boolean diagnoses;

  /**
   * @param groups whose own credentials the caller may use
   */
  Access(Reach reach, List<Group> groups, boolean refreshes, boolean diagnoses) {
    this.reach = reach;
    this.groups = groups;
    this.refreshes = refreshes;
    this.diagnoses = diagnoses;
  }

  /** Whether a server, by name, is granted; perhaps only some of its tools. */
  public boolean grants(String server) {
    return reach.of(server) != Tools.NONE;
  }

  /**
   * Which tools of a server are granted.
   *
   * @param tools all of it by the names that it gives them: those that the document over all
   *     servers gives them; the same map object as long as the server has the same
   * @return asked with the names that the server gives its tools
   */
  public Predicate<String> toolsOf(String server, Map<String, String> tools) {
    return reach.of(server).among(tools);
  }

  /**
   * Which tools of a server are granted, as places in the order of the map.
   *
   * @param tools as in {@link #toolsOf}
   * @return not to be modified
   */
  public BitSet placesIn(String server, Map<String, String> tools) {
    return reach.of(server).placesIn(tools);
  }

  /**
   * What calls to a server are made with instead of what the server's definition says: one group's
   * own credentials, the whole set, of the first group by name that grants the server and has any.
   *
   * @throws ProblemException upstream-unavailable if that group's cannot be used
   */
  public Optional<GroupCredentials> credentials(String server) {
    return Optional.ofNullable(credentialSet(server)).map(CredentialSet::orThrow);
  }

  /** The group whose credentials {@link #credentials} gives, usable or not. */
  public Optional<String> credentialsOf(String server) {
    return Optional.ofNullable(credentialSet(server)).map(CredentialSet::group);
  }

  /** Names of the groups the caller is in. */
  public Set<String> groups() {
    return groups.stream().map(Group::name).collect(Collectors.toUnmodifiableSet());
  }

  private CredentialSet credentialSet(String server) {
    if (!grants(server)) {
      return null;
    }
    CredentialSet first = null;
    for (Group group : groups) {
      CredentialSet own = group.credentials().get(server);
      if (own != null && (first == null || own.group().compareTo(first.group()) < 0)) {
        first = own;
      }
    }
    return first;
  }

  /** Whether the caller may make Toolgate read its servers again, and see its metrics. */
  public boolean refreshes() {
    return refreshes;
  }

  /** Whether the caller may see why a server fails, and what it printed. */
  public boolean diagnoses() {
    return diagnoses;
  }

  /**
   * What is left of it through the connection of a group.
   *
   * @param credentials the group whose own the caller may use there, if any
   */
  Access through(Group group, Optional<Group> credentials) {
    return new Access(
        reach.within(group), credentials.map(List::of).orElse(List.of()), refreshes, diagnoses);
  }
}
