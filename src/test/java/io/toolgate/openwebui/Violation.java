package io.toolgate.openwebui;

/**
 * Something that Open WebUI or a model API would refuse or lose.
 *
 * @param place a path and JSON pointer into the document, or a tool's name
 */
public record Violation(String place, String what) {
  @Override
  public String toString() {
    return place + ": " + what;
  }
}
