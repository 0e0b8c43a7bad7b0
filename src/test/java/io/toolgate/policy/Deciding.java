package io.toolgate.policy;

import io.toolgate.identity.Caller;
import io.toolgate.identity.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A policy over rows handed in, and callers to ask it for. */
public final class Deciding implements PolicySettings {
  private final Grants.Rows rows = new Grants.Rows();
  private final CredentialRows credentials = new CredentialRows();
  private List<String> adminEmails = List.of();
  private GroupsFrom groupsFrom = GroupsFrom.BOTH;
  private boolean openToAll;
  private Duration maxStale = Duration.ofMinutes(5);

  public Deciding member(String email, String... groups) {
    for (String group : groups) {
      rows.membership(email, group);
    }
    return this;
  }

  public Deciding grant(String group, String... servers) {
    for (String server : servers) {
      rows.grant(group, server);
    }
    return this;
  }

  Deciding allow(String group, String server, String tool) {
    rows.rule(group, server, tool, true);
    return this;
  }

  Deciding deny(String group, String server, String tool) {
    rows.rule(group, server, tool, false);
    return this;
  }

  Deciding userGrant(String email, String server) {
    rows.userGrant(email, server);
    return this;
  }

  public Deciding key(String group, String server, String name, String value) {
    credentials.key(group, server, name, value);
    return this;
  }

  Deciding endpoint(String group, String server, String url) {
    credentials.endpoint(group, server, url);
    return this;
  }

  Deciding adminStatus(String email, boolean admin) {
    rows.adminStatus(email, admin);
    return this;
  }

  Deciding adminEmails(String... emails) {
    adminEmails = List.of(emails);
    return this;
  }

  Deciding groupsFrom(GroupsFrom from) {
    groupsFrom = from;
    return this;
  }

  Deciding maxStale(Duration duration) {
    maxStale = duration;
    return this;
  }

  Deciding openToAll() {
    openToAll = true;
    return this;
  }

  Policy policy() {
    Grants grants = rows.grants(new CredentialReader(KeyRing.EMPTY).read(credentials));
    return new Policy(() -> grants, () -> GrantsState.NEVER_READ, openToAll, this);
  }

  /** What of the rows means nothing, where there are these servers. */
  List<String> reviewed(Map<String, KnownServer> servers) {
    Grants grants = rows.grants(new CredentialReader(KeyRing.EMPTY).read(credentials));
    return new RowReview(grants.named(), servers, this).sentences();
  }

  public Access accessOf(Caller caller) {
    return policy().accessOf(caller);
  }

  Access accessOf(String email) {
    return accessOf(user(email));
  }

  public static Caller.User user(String email, String... groupsOfProof) {
    return user(email, Set.of(groupsOfProof), false, Optional.empty());
  }

  static Caller.User user(
      String email, Set<String> groups, boolean admin, Optional<Set<String>> within) {
    return new Caller.User(email, "", "", groups, admin, Proof.GATEWAY, within);
  }

  static Caller.Service key(String... groups) {
    return new Caller.Service("a-key", Optional.of(Set.of(groups)));
  }

  @Override
  public Optional<List<String>> adminEmails() {
    return Optional.of(adminEmails);
  }

  @Override
  public String adminGroup() {
    return "MCP-Admin";
  }

  @Override
  public GroupsFrom groupsFrom() {
    return groupsFrom;
  }

  @Override
  public Duration grantsMaxStale() {
    return maxStale;
  }
}
