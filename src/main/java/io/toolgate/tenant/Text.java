package io.toolgate.tenant;

/**
 * A string of a definition after its variables were filled in.
 *
 * @param place where it stands
 * @param raw as written in the file; may be quoted in messages about settings, unlike the value
 * @param template with those variables filled in that are known
 * @param known false when a variable is unset or misspelt, so that the value cannot be judged
 */
record Text(Place place, String raw, Template template, boolean known) {

  static Text of(Place place, String text) {
    return new Text(place, text, Template.of(text), true);
  }

  /**
   * With variables filled in, and what a caller fills in as it is written; as written altogether
   * when it is not known.
   */
  String value() {
    return known ? template.asWritten() : raw;
  }

  /** Leaves the value out, which may be secret. */
  @Override
  public String toString() {
    return place.toString();
  }
}
