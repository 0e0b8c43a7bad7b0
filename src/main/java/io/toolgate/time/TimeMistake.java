package io.toolgate.time;

/** A mistake in a tool's arguments; the message is a sentence that lets a model correct itself. */
final class TimeMistake extends Exception {
  TimeMistake(String message) {
    super(message, null, false, false);
  }
}
