package io.toolgate.tenant;

/**
 * A string of a definition after its variables were filled in.
 *
 * @param place where it stands
 * @param raw as written in the file; may be quoted in messages about settings, unlike the value
 * @param value with variables filled in; as written when it is not known
 * @param known false when a variable is unset or misspelt, so that the value cannot be judged
 */
record Text(Place place, String raw, String value, boolean known) {

  /** Leaves the value out, which may be secret. */
  @Override
  public String toString() {
    return place.toString();
  }
}
