package io.toolgate.deploy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/**
 * Who may connect to whom by the policies, as a network plugin judges it: a pod that any policy
 * selects may do only what one of these says. Policies count in the namespace they are in.
 */
record Network(List<NetworkPolicy> policies) {

  /** A pod, or with an address what is outside the cluster. */
  record Peer(String namespace, Map<String, String> labels, String address) {
    static Peer pod(String namespace, Map<String, String> labels) {
      return new Peer(namespace, labels, null);
    }

    static Peer outside(String address) {
      return new Peer("", Map.of(), address);
    }
  }

  boolean connects(Peer from, Peer to, int port) {
    return leaves(from, to, port) && enters(from, to, port);
  }

  private boolean leaves(Peer from, Peer to, int port) {
    List<NetworkPolicy> own = of(from, "Egress");
    return own.isEmpty()
        || own.stream()
            .flatMap(policy -> policy.getSpec().getEgress().stream())
            .anyMatch(rule -> isMeant(rule.getTo(), from, to) && isMeant(rule.getPorts(), port));
  }

  private boolean enters(Peer from, Peer to, int port) {
    List<NetworkPolicy> own = of(to, "Ingress");
    return own.isEmpty()
        || own.stream()
            .flatMap(policy -> policy.getSpec().getIngress().stream())
            .anyMatch(rule -> isMeant(rule.getFrom(), to, from) && isMeant(rule.getPorts(), port));
  }

  private List<NetworkPolicy> of(Peer pod, String type) {
    return policies.stream()
        .filter(policy -> policy.getMetadata().getNamespace().equals(pod.namespace()))
        .filter(policy -> policy.getSpec().getPolicyTypes().contains(type))
        .filter(policy -> Labels.match(policy.getSpec().getPodSelector(), pod.labels()))
        .toList();
  }

  private static boolean isMeant(List<NetworkPolicyPort> ports, int port) {
    return ports.isEmpty()
        || ports.stream().anyMatch(allowed -> allowed.getPort().getIntVal() == port);
  }

  private static boolean isMeant(List<NetworkPolicyPeer> peers, Peer owner, Peer other) {
    return peers.isEmpty() || peers.stream().anyMatch(peer -> isMeant(peer, owner, other));
  }

  private static boolean isMeant(NetworkPolicyPeer peer, Peer owner, Peer other) {
    if (peer.getIpBlock() != null || other.address() != null) {
      return peer.getIpBlock() != null
          && other.address() != null
          && isIn(peer.getIpBlock(), other.address());
    }
    LabelSelector namespaces = peer.getNamespaceSelector();
    boolean near =
        namespaces == null
            ? other.namespace().equals(owner.namespace())
            : Labels.match(namespaces, Map.of("kubernetes.io/metadata.name", other.namespace()));
    return near
        && (peer.getPodSelector() == null || Labels.match(peer.getPodSelector(), other.labels()));
  }

  private static boolean isIn(IPBlock block, String address) {
    return isIn(block.getCidr(), address)
        && block.getExcept().stream().noneMatch(except -> isIn(except, address));
  }

  private static boolean isIn(String network, String address) {
    String[] parts = network.split("/");
    byte[] base = bytes(parts[0]);
    byte[] other = bytes(address);
    int rest = base.length * 8 - Integer.parseInt(parts[1]);
    return base.length == other.length
        && new BigInteger(1, base)
            .shiftRight(rest)
            .equals(new BigInteger(1, other).shiftRight(rest));
  }

  private static byte[] bytes(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
