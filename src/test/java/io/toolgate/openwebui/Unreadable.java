package io.toolgate.openwebui;

/** No answer that the sender may read: nobody answered, or the browser keeps it from the page. */
final class Unreadable extends Exception {
  Unreadable(String reason) {
    super(reason);
  }
}
