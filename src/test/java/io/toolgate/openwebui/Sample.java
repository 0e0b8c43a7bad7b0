package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A call that a test may make.
 *
 * @param tool the operationId
 * @param arguments sent as they are, explicit nulls included
 * @param expected a part of what the model must read
 */
public record Sample(String tool, ObjectNode arguments, String expected) {
  /** A sample whose arguments are written as JSON, in which single quotes stand for double ones. */
  public static Sample of(String tool, String arguments, String expected) {
    return new Sample(tool, Documents.json(arguments), expected);
  }
}
