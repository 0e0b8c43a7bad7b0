package io.toolgate.call;

/** A schema cannot be used to judge arguments; the message says why, in words fit to be shown. */
final class UncheckableSchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UncheckableSchemaException(String reason) {
    super(reason, null, false, false);
  }
}
