package io.toolgate.policy;

/** What came of reading a value of {@code tenant_server_keys}. */
sealed interface OpenedValue {
  /** How a value that can be read is stored. */
  enum Form {
    /** Under the first key. */
    ENCRYPTED,
    /** Clear or under an older key, while there is a key to encrypt it with. */
    OUTDATED,
    /** Clear, and there is no key. */
    CLEAR
  }

  record Readable(String value, Form form) implements OpenedValue {
    /** Leaves the value out. */
    @Override
    public String toString() {
      return "readable, " + form;
    }
  }

  /**
   * Not to be used, nor anything beside it.
   *
   * @param reason for the operator; what the value is or does, without a part of it
   */
  record Unreadable(String reason) implements OpenedValue {}
}
