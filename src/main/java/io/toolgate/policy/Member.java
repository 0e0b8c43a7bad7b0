package io.toolgate.policy;

import java.util.List;
import java.util.Set;

/**
 * What the database knows of a user.
 *
 * @param groups they are in
 * @param servers granted to this user alone
 * @param admin whether {@code user_admin_status} says so
 */
record Member(List<Group> groups, Set<String> servers, boolean admin) {
  static final Member UNKNOWN = new Member(List.of(), Set.of(), false);
}
