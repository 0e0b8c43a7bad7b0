package io.toolgate.policy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings that decide what callers may use, beside the grants in the database. */
@ConfigMapping(prefix = "toolgate.policy")
public interface PolicySettings {
  /** E-mail addresses of administrators, in any case. */
  Optional<List<String>> adminEmails();

  /** The group whose members are administrators and may use every server. */
  @WithDefault("MCP-Admin")
  String adminGroup();

  /** Where the groups of a user come from. */
  @WithDefault("both")
  GroupsFrom groupsFrom();

  /** For how long grants in memory count while the database cannot be read. */
  @WithDefault("5m")
  Duration grantsMaxStale();

  /** Sources of a user's groups. */
  enum GroupsFrom {
    /** Only {@code user_group_membership}. */
    DATABASE,
    /** Only what the proof of the user carries, such as the gateway's header. */
    PROOF,
    /** Both together. SQL cannot take away what a proof carries. */
    BOTH;

    boolean database() {
      return this != PROOF;
    }

    boolean proof() {
      return this != DATABASE;
    }
  }
}
