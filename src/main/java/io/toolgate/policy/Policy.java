package io.toolgate.policy;

import io.toolgate.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;

/** Decides what callers may use. */
@ApplicationScoped
public class Policy {
  private static final Access EVERYTHING = new Access(server -> true);

  /**
   * Without authentication there is nobody to tell apart: who may ask at all (see {@link
   * io.toolgate.identity.LoopbackGuard}) may use every server.
   */
  public Access accessOf(Caller.Anonymous caller) {
    return EVERYTHING;
  }
}
