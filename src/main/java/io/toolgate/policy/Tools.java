package io.toolgate.policy;

import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which tools of one server somebody may use, by the names that the server gives them.
 *
 * <p>What a rule means may depend on which tools there are, so it is asked with all their names:
 * the same list object as long as the server has the same tools.
 *
 * <p>Immutable; {@link #ALL} and {@link #NONE} are the only ones of their meaning that combining
 * makes, so that they may be compared by identity.
 */
interface Tools {
  Tools ALL = new Uniform(true);
  Tools NONE = new Uniform(false);

  /** Which of the tools of these names may be used. */
  Predicate<String> among(List<String> names);

  /**
   * The places in a list of names at which there is one that may be used.
   *
   * @return not to be modified
   */
  default BitSet placesIn(List<String> names) {
    Predicate<String> usable = among(names);
    BitSet places = new BitSet(names.size());
    for (int i = 0; i < names.size(); i++) {
      places.set(i, usable.test(names.get(i)));
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
    public Predicate<String> among(List<String> names) {
      return name -> allowed;
    }

    @Override
    public BitSet placesIn(List<String> names) {
      BitSet places = new BitSet(names.size());
      places.set(0, names.size(), allowed);
      return places;
    }
  }

  /** See {@link #or}. */
  record Either(Tools one, Tools other) implements Tools {
    @Override
    public Predicate<String> among(List<String> names) {
      return one.among(names).or(other.among(names));
    }

    @Override
    public BitSet placesIn(List<String> names) {
      BitSet places = (BitSet) one.placesIn(names).clone();
      places.or(other.placesIn(names));
      return places;
    }
  }

  /** See {@link #and}. */
  record Both(Tools one, Tools other) implements Tools {
    @Override
    public Predicate<String> among(List<String> names) {
      return one.among(names).and(other.among(names));
    }

    @Override
    public BitSet placesIn(List<String> names) {
      BitSet places = (BitSet) one.placesIn(names).clone();
      places.and(other.placesIn(names));
      return places;
    }
  }
}
