package io.toolgate.identity;

import java.net.InetAddress;
import java.util.List;

/** A set of networks. */
record Networks(List<Network> networks) {
  Networks {
    networks = List.copyOf(networks);
  }

  /**
   * @param address may be null, for a peer without one
   */
  boolean contains(InetAddress address) {
    return address != null && networks.stream().anyMatch(network -> network.contains(address));
  }
}
