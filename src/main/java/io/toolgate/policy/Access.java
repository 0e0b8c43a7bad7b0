package io.toolgate.policy;

import java.util.function.Predicate;

/**
 * The decision for one caller. Document, listings and calls all ask the same one, so they cannot
 * disagree.
 *
 * @param servers whether a server, by name, is granted
 */
public record Access(Predicate<String> servers) {

  public boolean grants(String server) {
    return servers.test(server);
  }
}
