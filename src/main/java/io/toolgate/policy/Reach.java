package io.toolgate.policy;

import java.util.List;
import java.util.Set;

/** What can be reached from somewhere: a group, several, everything. */
@FunctionalInterface
interface Reach {
  Reach EVERYTHING = server -> Tools.ALL;

  /** Never null. */
  Tools of(String server);

  /** What one of several groups, or one of these whole servers, gives. */
  static Reach of(List<Group> groups, Set<String> servers) {
    return server -> {
      Tools tools = servers.contains(server) ? Tools.ALL : Tools.NONE;
      for (int i = 0; i < groups.size() && tools != Tools.ALL; i++) {
        tools = tools.or(groups.get(i).of(server));
      }
      return tools;
    };
  }

  default Reach within(Reach limit) {
    return server -> of(server).and(limit.of(server));
  }
}
