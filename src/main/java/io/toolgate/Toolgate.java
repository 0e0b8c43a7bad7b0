package io.toolgate;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts Toolgate. */
@QuarkusMain
public final class Toolgate {
  private Toolgate() {}

  public static void main(String... arguments) {
    Quarkus.run(arguments);
  }
}
