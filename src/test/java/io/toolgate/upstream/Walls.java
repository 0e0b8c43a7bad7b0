package io.toolgate.upstream;

import io.toolgate.Await;
import java.nio.file.Path;
import java.util.Map;

/** Children for tests, confined or not. */
final class Walls {
  private Walls() {}

  static Children none() {
    return children(
        new Confinement(Confinement.Mode.OFF, Hidden.of(Path.of("target", "no-data"), Map.of())));
  }

  static Children children(Confinement confinement) {
    return new Children(50, confinement, new Limits(new ControlGroups()), otherwise -> otherwise);
  }

  static Confinement around(Path data, Map<String, String> environment) {
    Confinement confinement = new Confinement(Confinement.Mode.AUTO, Hidden.of(data, environment));
    Await.until(
        "it is known whether children can be confined",
        () -> !confinement.state().contains("found out"));
    return confinement;
  }
}
