package io.toolgate.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a definition was read from, to be read again for a group.
 *
 * <p>Two are equal when reading either gives the same for every group, wherever they stand.
 *
 * <p>Threading: immutable, as long as nobody changes the object, which nobody does.
 */
final class Source {
  private final String name;
  private final ObjectNode server;
  private final Place place;
  private final Variables variables;
  private final Enablement enablement;
  private final Map<String, Optional<String>> used;

  Source(String name, ObjectNode server, Place place, Variables variables, Enablement enablement) {
    this(name, server, place, variables, enablement, Map.of());
  }

  private Source(
      String name,
      ObjectNode server,
      Place place,
      Variables variables,
      Enablement enablement,
      Map<String, Optional<String>> used) {
    this.name = name;
    this.server = server;
    this.place = place;
    this.variables = variables;
    this.enablement = enablement;
    this.used = Map.copyOf(used);
  }

  String name() {
    return name;
  }

  ObjectNode server() {
    return server;
  }

  Place place() {
    return place;
  }

  Variables variables() {
    return variables;
  }

  Enablement enablement() {
    return enablement;
  }

  /** The same with the variables that reading it looked up. */
  Source having(Map<String, Optional<String>> lookedUp) {
    return new Source(name, server, place, variables, enablement, lookedUp);
  }

  Source with(ObjectNode other) {
    return new Source(name, other, place, variables, enablement);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Source that
        && name.equals(that.name)
        && server.equals(that.server)
        && enablement.equals(that.enablement)
        && used.equals(that.used);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, server, used);
  }

  /** Leaves the values out, which may be secret. */
  @Override
  public String toString() {
    return place.toString();
  }
}
