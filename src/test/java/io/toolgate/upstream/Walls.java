package io.toolgate.upstream;

import java.nio.file.Path;
import java.util.Map;

/** Children for tests, confined or not. */
final class Walls {
  private Walls() {}

  static Children none() {
    return new Children(
        50, new Confinement(Confinement.Mode.OFF, Hidden.of(Path.of(""), Map.of())));
  }

  static Confinement around(Path data, Map<String, String> environment) {
    Confinement confinement = new Confinement(Confinement.Mode.AUTO, Hidden.of(data, environment));
    Await.until(
        "it is known whether children can be confined",
        () -> !confinement.state().contains("found out"));
    return confinement;
  }
}
