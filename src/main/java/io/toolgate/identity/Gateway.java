package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * A gateway in front of Toolgate that has checked the user itself.
 *
 * <p>Invariant: nobody is taken for the gateway without everything that is configured: its secret,
 * a peer address within its networks, or both. The address is the socket's, never a header's. An
 * address of this machine is no proof without the secret.
 */
final class Gateway {
  private final byte[] secret;
  private final Networks peers;
  private final OwnAddresses own;
  private final String emailHeader;

  /**
   * @param secret empty if its address is the proof
   * @param peers empty if its secret is the proof
   * @param emailHeader in which it names users
   */
  Gateway(Optional<String> secret, Optional<Networks> peers, OwnAddresses own, String emailHeader) {
    this.emailHeader = emailHeader;
    this.secret = secret.map(ApiKey::digest).orElse(null);
    this.peers = peers.orElse(null);
    this.own = own;
  }

  /**
   * Whether the gateway has sent this.
   *
   * @throws ProblemException if a proof of the gateway is there, but a bad one
   */
  boolean sent(Presented presented, InetAddress peer) {
    boolean known = peers == null || peers.contains(peer);
    if (secret == null) {
      return known && !own.contains(peer);
    }
    if (presented.gatewaySecret() == null) {
      return false;
    }
    if (!MessageDigest.isEqual(secret, ApiKey.digest(presented.gatewaySecret()))) {
      throw Refused.because("The secret in X-Gateway-Secret is not the gateway's.");
    }
    if (!known) {
      throw Refused.because(
          "The gateway's secret came from an address that is not in TRUSTED_PROXIES.");
    }
    return true;
  }

  /** The user whom the gateway names, if it names one. */
  Optional<ProvenUser> user(Presented.Gateway named) {
    if (named.email() == null) {
      return Optional.empty();
    }
    Set<String> groups = HeaderText.groups(named.groups());
    return Optional.of(
        new ProvenUser(
            Email.of(named.email(), "The header " + emailHeader),
            named.id() == null ? "" : HeaderText.decode(named.id()),
            named.name() == null ? "" : HeaderText.decode(named.name()),
            groups,
            "true".equalsIgnoreCase(named.admin()),
            Proof.GATEWAY));
  }
}
