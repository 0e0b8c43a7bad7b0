package io.toolgate.policy;

import io.toolgate.identity.Caller;
import io.toolgate.identity.Email;
import io.toolgate.identity.LoopbackGuard;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.GroupCredentials;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Decides what callers may use.
 *
 * <p>Invariant: nothing is granted by default, and a decision that depends on grants is none while
 * they are not known.
 *
 * <p>Threading: any thread; never waits, and runs no SQL.
 */
@Singleton
public class Policy {
  private final Supplier<Grants> current;
  private final Supplier<GrantsState> state;
  private final boolean openToAll;
  private final String adminGroup;
  private final PolicySettings.GroupsFrom groupsFrom;
  private final Set<String> adminEmails;

  @Inject
  Policy(CurrentGrants current, LoopbackGuard guard, PolicySettings settings) {
    this(current::get, current::state, guard.open(), settings);
  }

  /**
   * @param current fails with access-unknown while they are not known
   * @param openToAll whether anonymous callers come from anywhere
   */
  Policy(
      Supplier<Grants> current,
      Supplier<GrantsState> state,
      boolean openToAll,
      PolicySettings settings) {
    this.current = current;
    this.state = state;
    this.openToAll = openToAll;
    this.adminGroup = settings.adminGroup();
    this.groupsFrom = settings.groupsFrom();
    this.adminEmails =
        settings.adminEmails().orElse(List.of()).stream()
            .map(email -> Email.lowerCase(email.strip()))
            .filter(email -> !email.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What a caller may use now.
   *
   * @throws ProblemException access-unknown if that depends on grants which are not known
   */
  public Access accessOf(Caller caller) {
    if (caller instanceof Caller.User user) {
      return accessOf(user, current.get());
    }
    if (caller instanceof Caller.Service service) {
      return service
          .groups()
          .map(groups -> accessOf(groups, current.get()))
          .orElseGet(() -> new Access(Reach.EVERYTHING, List.of(), true, false));
    }
    return new Access(Reach.EVERYTHING, List.of(), !openToAll, !openToAll);
  }

  /**
   * What a caller may use through the connection of one group: what both may, with this group's own
   * credentials and no other's. So administrators and keys for every server choose by the address
   * whose they use.
   *
   * @return empty if there is no such group, or the caller is not in it
   * @throws ProblemException access-unknown if the grants are not known
   */
  public Optional<Access> accessOf(Caller caller, String group) {
    Grants grants = current.get();
    return mayGoThrough(caller, group, grants)
        ? grants.group(group).map(only -> accessOf(caller).through(only, credentials(caller, only)))
        : Optional.empty();
  }

  /** What to answer where {@link #accessOf(Caller, String)} is empty; for both reasons the same. */
  public static ProblemException noSuchGroup() {
    return Problem.NOT_FOUND.because(
        "There is no such group, or you are not in it. Check the address of the connection, or ask an administrator"
            + " to add you to the group.");
  }

  /** What readers see of whom no proof is asked. It is good for no call. */
  public Access withoutProof() {
    return new Access(Reach.EVERYTHING, List.of(), false, false);
  }

  /**
   * One group's credentials for each server that any group has some for. They show only which tools
   * a server has that is off for everybody else; calls are made with those of their caller.
   *
   * @throws ProblemException access-unknown if the grants are not known
   */
  public Map<String, GroupCredentials> suppliers() {
    return current.get().suppliers();
  }

  /** How it is with the grants that decisions depend on. */
  public GrantsState grantsState() {
    return state.get();
  }

  private boolean mayGoThrough(Caller caller, String group, Grants grants) {
    if (caller instanceof Caller.User user) {
      List<Group> groups = groupsOf(user, grants);
      return isAdministrator(user, groups)
          || groups.stream().anyMatch(own -> own.name().equals(group));
    }
    if (caller instanceof Caller.Service service && service.groups().isPresent()) {
      Set<String> groups = service.groups().get();
      return groups.contains(group) || groups.contains(adminGroup);
    }
    return true;
  }

  private Access accessOf(Caller.User user, Grants grants) {
    List<Group> groups = groupsOf(user, grants);
    Member member = grants.member(user.email());
    boolean administrator = isAdministrator(user, groups);
    Reach reach = administrator ? Reach.EVERYTHING : Reach.of(groups, member.servers());
    if (user.within().isPresent()) {
      reach = reach.within(reachOf(user.within().get(), grants));
    }
    boolean administers = administrator || member.admin() || user.admin();
    List<Group> usable = groups.stream().filter(group -> isWithin(user, group)).toList();
    return new Access(reach, usable, administers, administers);
  }

  private Access accessOf(Set<String> groups, Grants grants) {
    return new Access(reachOf(groups, grants), grants.known(groups), true, false);
  }

  /** Whose credentials a caller may use who goes through the connection of this group. */
  private Optional<Group> credentials(Caller caller, Group group) {
    boolean usable =
        caller instanceof Caller.User user
            ? isWithin(user, group)
            : caller instanceof Caller.Service;
    return usable ? Optional.of(group) : Optional.empty();
  }

  /** Whether the key beside the user's proof leaves them what they have by this group. */
  private boolean isWithin(Caller.User user, Group group) {
    return user.within().isEmpty()
        || user.within().get().contains(group.name())
        || user.within().get().contains(adminGroup);
  }

  /** Administrators may use every server; who is merely marked as admin needs grants for that. */
  private boolean isAdministrator(Caller.User user, List<Group> groups) {
    return adminEmails.contains(user.email())
        || groupsFrom.proof() && user.groups().contains(adminGroup)
        || groups.stream().anyMatch(group -> group.name().equals(adminGroup));
  }

  private List<Group> groupsOf(Caller.User user, Grants grants) {
    List<Group> known = groupsFrom.database() ? grants.member(user.email()).groups() : List.of();
    if (!groupsFrom.proof() || user.groups().isEmpty()) {
      return known;
    }
    List<Group> groups = new ArrayList<>(known);
    groups.addAll(grants.known(user.groups()));
    return groups;
  }

  private Reach reachOf(Set<String> groups, Grants grants) {
    return groups.contains(adminGroup)
        ? Reach.EVERYTHING
        : Reach.of(grants.known(groups), Set.of());
  }
}
