package io.toolgate.policy;

import java.util.function.Predicate;

/**
 * Which tools of one server somebody may use, by the names that the server gives them.
 *
 * <p>Immutable; {@link #ALL} and {@link #NONE} are the only ones of their meaning that combining
 * makes, so that they may be compared by identity.
 */
interface Tools extends Predicate<String> {
  Tools ALL = name -> true;
  Tools NONE = name -> false;

  /** What one of the two allows. */
  default Tools or(Tools other) {
    if (this == ALL || other == NONE) {
      return this;
    }
    return other == ALL || this == NONE ? other : name -> test(name) || other.test(name);
  }

  /** What both allow. */
  default Tools and(Tools other) {
    if (this == ALL || other == NONE) {
      return other;
    }
    return other == ALL || this == NONE ? this : name -> test(name) && other.test(name);
  }
}
