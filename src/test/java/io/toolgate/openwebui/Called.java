package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What must have come of a call. */
final class Called {
  private Called() {}

  static boolean isDone(ToolResult result) {
    return !(result instanceof ToolResult.Failed);
  }

  static void done(ToolResult result) {
    assertTrue(isDone(result), result.message());
    assertFalse(result.message().isBlank());
  }

  /**
   * Asserts that it was refused with this status, and that the model reads these words.
   *
   * @param words parts of the sentence
   */
  static void refused(int status, ToolResult result, String... words) {
    assertInstanceOf(ToolResult.Failed.class, result);
    String message = result.message();
    assertTrue(message.matches("(?s)HTTP error( |! Status: )" + status + "\\b.*"), message);
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }
}
