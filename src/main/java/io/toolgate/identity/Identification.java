package io.toolgate.identity;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * Tells who sent a request.
 *
 * <p>Invariant: every proof in the request for which there is a source is verified, and one bad
 * proof refuses the whole, whatever the others say; proofs that name different users refuse it too.
 * A user is named only by a proof of their own, by the gateway, or by the holder of a key that acts
 * for users; any other header that names one is left aside and counted.
 *
 * <p>Threading: any thread, and never blocks. Completes at once unless a user must be looked up or
 * an identity provider's keys be read.
 */
public final class Identification {
  private static final CompletableFuture<Optional<Caller>> ANONYMOUS =
      CompletableFuture.completedFuture(Optional.of(new Caller.Anonymous()));

  private final Sources sources;
  private final LongAdder unproven = new LongAdder();

  Identification(Sources sources) {
    this.sources = sources;
  }

  /** Whether a header is read to learn who calls. */
  boolean reads(String header) {
    return sources.names().has(header);
  }

  /** Whether callers have to prove anything here. */
  public boolean configured() {
    return sources.any();
  }

  /** See {@link Sources#words}. */
  List<String> accepted() {
    return sources.words();
  }

  /** See {@link Proxies#client}. */
  Optional<InetAddress> client(InetAddress peer, List<String> forwardedFor) {
    return sources.proxies().client(peer, forwardedFor);
  }

  /** How many requests named a user in headers that nothing proved, so that they were ignored. */
  public long unprovenHeaders() {
    return unproven.sum();
  }

  /**
   * @param peer the address at the other end of the socket; null if it has none
   * @return the caller, or empty if the request presents no proof at all; fails with a {@link
   *     ProblemException}, perhaps as the cause of a {@code CompletionException}: {@code
   *     unauthenticated} for a bad proof, {@code access-unknown} if a good one cannot be verified
   *     at the moment
   */
  public CompletableFuture<Optional<Caller>> identify(RequestHeaders headers, InetAddress peer) {
    if (!sources.any()) {
      return ANONYMOUS;
    }
    try {
      return identify(Presented.read(headers, sources.names()), peer);
    } catch (RuntimeException refusal) { // a problem, or a fault of ours; nobody passes either way
      return CompletableFuture.failedFuture(refusal);
    }
  }

  /** What to answer where a caller is needed and the request presents no proof. */
  public static ProblemException nothingPresented() {
    return Problem.UNAUTHENTICATED.because(
        "This needs a proof of who is calling: send the key as 'Authorization: Bearer KEY', or call through Open "
            + "WebUI or the gateway that Toolgate is configured for.");
  }

  private CompletableFuture<Optional<Caller>> identify(Presented presented, InetAddress peer) {
    Bearer bearer = Bearer.of(presented.authorization(), sources);
    ApiKey key = key(presented.apiKey(), bearer.key());
    boolean gatewaySent =
        sources.gateway().isPresent() && sources.gateway().get().sent(presented, peer);
    boolean acts = key != null && key.actsForUsers();

    List<ProvenUser> users = new ArrayList<>(2);
    if (gatewaySent) {
      sources.gateway().get().user(presented.gateway()).ifPresent(users::add);
    }
    Set<String> groups =
        acts && !bearer.isToken() ? HeaderText.groups(presented.plain().groups()) : Set.of();
    if (sources.signed().isPresent()) {
      boolean accompanied = key != null || gatewaySent || bearer.isToken();
      signedUser(presented, accompanied).map(user -> user.withGroups(groups)).ifPresent(users::add);
    }
    if (acts && presented.plain().email() != null) {
      users.add(plainUser(presented.plain(), groups));
    } else if (acts && users.isEmpty() && !bearer.isToken() && presented.plain().namesUser()) {
      throw Refused.because(
          "The headers name a user, but no e-mail address. If Open WebUI was told another name for that header, set "
              + "FORWARD_USER_INFO_HEADER_USER_EMAIL here too.");
    }
    if (ignoresSomebody(presented, gatewaySent, acts && !bearer.isToken())) {
      unproven.increment();
    }

    if (!bearer.isToken()) {
      return CompletableFuture.completedFuture(caller(key, users));
    }
    return bearer
        .user()
        .thenApply(
            user -> {
              users.add(user);
              return caller(key, users);
            });
  }

  private static Optional<Caller> caller(ApiKey key, List<ProvenUser> users) {
    if (!users.isEmpty()) {
      return Optional.of(ProvenUser.together(users, key == null ? Optional.empty() : key.groups()));
    }
    return key == null
        ? Optional.empty()
        : Optional.of(new Caller.Service(key.name(), key.groups()));
  }

  /** The key that was sent, in whichever place; null if none was. */
  private ApiKey key(String header, ApiKey inAuthorization) {
    if (header == null || sources.keys().isEmpty()) {
      return inAuthorization;
    }
    ApiKey key = sources.keys().get().require(header);
    if (inAuthorization != null && inAuthorization != key) {
      throw Refused.because("Authorization and X-API-Key hold different keys.");
    }
    return key;
  }

  /**
   * @param accompanied whether something else in the request proves its sender. Where there are
   *     keys, the header alone is not enough: every tool server that Open WebUI calls has seen it
   */
  private Optional<ProvenUser> signedUser(Presented presented, boolean accompanied) {
    if (presented.signed() == null) {
      if (presented.plain().namesUser()) {
        throw Refused.because(
            "The user is named in plain headers, but here only the signed header is believed. Set "
                + "FORWARD_USER_INFO_HEADER_JWT_SECRET in Open WebUI to the same secret.");
      }
      return Optional.empty();
    }
    ProvenUser user = sources.signed().get().user(presented.signed());
    if (sources.keys().isPresent() && !accompanied) {
      throw Refused.because(
          "The signed user header came without a key. Give the connection in Open WebUI the key of Toolgate.");
    }
    return Optional.of(user);
  }

  private static ProvenUser plainUser(Presented.Plain plain, Set<String> groups) {
    return new ProvenUser(
        Email.of(plain.email(), "The header that names the user"),
        plain.id() == null ? "" : plain.id(),
        plain.name() == null ? "" : HeaderText.decode(plain.name()),
        groups,
        ProvenUser.isAdmin(plain.role()),
        Proof.KEY);
  }

  private boolean ignoresSomebody(Presented presented, boolean gatewaySent, boolean acts) {
    boolean plain = presented.plain().namesUser() || presented.plain().groups() != null;
    return plain && !acts
        || presented.gateway().namesUser() && !gatewaySent
        || presented.signed() != null && sources.signed().isEmpty()
        || presented.neverBelieved();
  }
}
