package io.toolgate.identity;

/** Who is calling, and how that was proven. */
public sealed interface Caller {

  /** The name for the access log. */
  String label();

  /**
   * A caller without proof. Exists only while no authentication is configured and the caller is on
   * this machine, or the operator has allowed anonymous callers.
   */
  record Anonymous() implements Caller {
    @Override
    public String label() {
      return "anonymous";
    }
  }
}
