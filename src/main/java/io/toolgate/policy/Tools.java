package io.toolgate.policy;

import java.util.BitSet;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which tools of one server somebody may use, by the names that the server gives them.
 *
 * <p>What a rule means may depend on which tools there are, so it is asked with all of them: by
 * their own names in listed order, those in the document over all servers; the same map object as
 * long as the server has the same tools.
 *
 * <p>Immutable; {@link #ALL} and {@link #NONE} are the only ones of their meaning that combining
 * makes, so that they may be compared by identity.
 */
interface Tools {
  Tools ALL = new Uniform(true);
  Tools NONE = new Uniform(false);

  /** Which of these tools may be used. */
  Predicate<String> among(Map<String, String> tools);

  /**
   * The places at which there is a tool that may be used.
   *
   * @return not to be modified
   */
  default BitSet placesIn(Map<String, String> tools) {
    return places(tools, among(tools));
  }

  static BitSet places(Map<String, String> tools, Predicate<String> usable) {
    BitSet places = new BitSet(tools.size());
    int place = 0;
    for (String name : tools.keySet()) {
      places.set(place++, usable.test(name));
    }
    return places;
  }

  /** What one of the two allows. */
  default Tools or(Tools other) {
    if (this == ALL || other == NONE) {
      return this;
    }
    return other == ALL || this == NONE ? other : new Either(this, other);
  }

  /** What both allow. */
  default Tools and(Tools other) {
    if (this == ALL || other == NONE) {
      return other;
    }
    return other == ALL || this == NONE ? this : new Both(this, other);
  }

  /** The same for each tool. */
  record Uniform(boolean allowed) implements Tools {
    @Override
    public Predicate<String> among(Map<String, String> tools) {
      return name -> allowed;
    }

    @Override
    public BitSet placesIn(Map<String, String> tools) {
      BitSet places = new BitSet(tools.size());
      places.set(0, tools.size(), allowed);
      return places;
    }
  }

  /** See {@link #or}. */
  record Either(Tools one, Tools other) implements Tools {
    @Override
    public Predicate<String> among(Map<String, String> tools) {
      return one.among(tools).or(other.among(tools));
    }

    @Override
    public BitSet placesIn(Map<String, String> tools) {
      BitSet places = (BitSet) one.placesIn(tools).clone();
      places.or(other.placesIn(tools));
      return places;
    }
  }

  /** See {@link #and}. */
  record Both(Tools one, Tools other) implements Tools {
    @Override
    public Predicate<String> among(Map<String, String> tools) {
      return one.among(tools).and(other.among(tools));
    }

    @Override
    public BitSet placesIn(Map<String, String> tools) {
      BitSet places = (BitSet) one.placesIn(tools).clone();
      places.and(other.placesIn(tools));
      return places;
    }
  }
}
