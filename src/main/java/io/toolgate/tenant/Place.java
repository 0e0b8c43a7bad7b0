package io.toolgate.tenant;

/**
 * Where in a tenant file something stands: the file as the operator named it, and a JSON Pointer
 * (RFC 6901) that is empty for the file as a whole.
 */
record Place(String file, String pointer) {

  static Place file(Object file) {
    return new Place(file.toString(), "");
  }

  Place child(String key) {
    return new Place(file, pointer + "/" + key.replace("~", "~0").replace("/", "~1"));
  }

  Place child(int index) {
    return new Place(file, pointer + "/" + index);
  }

  /** One line, whatever the key holds. */
  @Override
  public String toString() {
    return Quote.plain(pointer.isEmpty() ? file : file + "#" + pointer);
  }
}
