package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A user as one proof states them; see {@link Caller.User} for the fields. */
record ProvenUser(
    String email, String id, String name, Set<String> groups, boolean admin, Proof how) {
  static final String ADMIN = "admin";
  static final String PENDING = "pending";

  /**
   * What all proofs of one request say together. The word of a key counts only while there is no
   * other proof: beside one, it must name the same user and adds nothing.
   *
   * @param proofs at least one
   * @param within see {@link Caller.User}
   * @throws ProblemException if they name different users
   */
  static Caller.User together(List<ProvenUser> proofs, Optional<Set<String>> within) {
    if (proofs.size() == 1) {
      return proofs.get(0).user(within);
    }
    ProvenUser first = proofs.stream().min(Comparator.comparing(ProvenUser::how)).orElseThrow();
    Set<String> groups = new LinkedHashSet<>();
    boolean admin = false;
    for (ProvenUser proof : proofs) {
      if (!first.isSameAs(proof)) {
        throw Refused.because("The proofs in this request name different users.");
      }
      if (proof.how == first.how || proof.how != Proof.KEY) {
        groups.addAll(proof.groups);
        admin |= proof.admin;
      }
    }
    return new ProvenUser(first.email, first.id, first.name, groups, admin, first.how).user(within);
  }

  private Caller.User user(Optional<Set<String>> within) {
    return new Caller.User(email, id, name, groups, admin, how, within);
  }

  private boolean isSameAs(ProvenUser other) {
    boolean sameId = !hasIdOfOpenWebUi() || !other.hasIdOfOpenWebUi() || id.equals(other.id);
    return email.equals(other.email) && sameId;
  }

  /** Identity providers and gateways count their users in their own way. */
  private boolean hasIdOfOpenWebUi() {
    return !id.isEmpty()
        && (how == Proof.SESSION_TOKEN || how == Proof.SIGNED_HEADER || how == Proof.KEY);
  }

  ProvenUser withGroups(Set<String> others) {
    Set<String> both = new LinkedHashSet<>(groups);
    both.addAll(others);
    return new ProvenUser(email, id, name, both, admin, how);
  }

  /**
   * Whether a role of Open WebUI is an administrator's.
   *
   * @param role may be null
   * @throws ProblemException if it is that of a user who was never let in
   */
  static boolean isAdmin(String role) {
    if (PENDING.equalsIgnoreCase(role)) {
      throw Refused.because("This user's account in Open WebUI still waits for its approval.");
    }
    return ADMIN.equals(role);
  }
}
