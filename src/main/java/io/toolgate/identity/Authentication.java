package io.toolgate.identity;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Who may come in here at all, as configured.
 *
 * <p>Invariant: with a mistake in the settings nobody is identified; the start is to be refused
 * with {@link #mistakes}.
 */
@Singleton
public class Authentication {
  private final Identification identification;
  private final Optional<IdentityMistakes> mistakes;
  private final List<String> warnings;
  private final IdentitySettings settings;

  @Inject
  Authentication(IdentitySettings settings, Instance<UserDirectory> directory) {
    this(settings, directory.isResolvable() ? directory.get() : null, System::getenv);
  }

  /**
   * @param directory null where Open WebUI's table cannot be asked
   * @param environment the process's own, by name
   */
  Authentication(
      IdentitySettings settings, UserDirectory directory, Function<String, String> environment) {
    this.settings = settings;
    Identification read = null;
    IdentityMistakes wrong = null;
    SourceReader reader = new SourceReader(settings, directory, environment, System::nanoTime);
    try {
      read = new Identification(reader.read());
    } catch (IdentityMistakes found) {
      wrong = found;
    }
    this.identification = read;
    this.warnings = reader.warnings();
    this.mistakes = Optional.ofNullable(wrong);
  }

  /** What is wrong with the settings. */
  public Optional<IdentityMistakes> mistakes() {
    return mistakes;
  }

  /** What in the settings is tolerated and could be better, in sentences. */
  public List<String> warnings() {
    return warnings;
  }

  /** Whether callers have to prove anything; if not, {@link LoopbackGuard} keeps strangers out. */
  public boolean configured() {
    return identification().configured();
  }

  /** The proofs that are accepted, in words for the operator; empty if none is asked for. */
  public List<String> accepted() {
    return identification().accepted();
  }

  /** Whether a gateway may be what proves users. */
  boolean behindGateway() {
    return settings.gatewayMode().orElse(false);
  }

  /** Whether a header is read to learn who calls; it is no business of the servers behind us. */
  public boolean reads(String header) {
    return identification().reads(header);
  }

  /** Whether a call needs a user: a {@link Caller.Service} then only reads. */
  public boolean userRequired() {
    return configured() && settings.requireUser().orElse(true);
  }

  /** What to answer a service that calls a tool where a user is required. */
  public static ProblemException userMissing() {
    return Problem.UNAUTHENTICATED.because(
        "This call names no user. Set ENABLE_FORWARD_USER_INFO_HEADERS=true in Open WebUI, so that it says who is "
            + "calling; or set REQUIRE_USER=false here to let the key alone call tools.");
  }

  /** Whether listings are only for callers with proof. */
  public boolean listingNeedsProof() {
    return configured() && settings.requireAuthForListing().orElse(true);
  }

  /** Whether the document, with every operation, is for callers without proof too. */
  public boolean documentIsPublic() {
    return !configured() || settings.openapiPublic().orElse(false);
  }

  /** See {@link Identification#unprovenHeaders}. */
  public long unprovenHeaders() {
    return identification().unprovenHeaders();
  }

  /** See {@link Identification#identify}. */
  public CompletableFuture<Optional<Caller>> identify(RequestHeaders headers, InetAddress peer) {
    return identification().identify(headers, peer);
  }

  /**
   * Whom a request comes from, as far as its address tells: an IPv4 address or an IPv6 network,
   * {@code ""} without any.
   *
   * @param peer the address at the other end of the socket; null if it has none
   * @param forwardedFor the values of {@code X-Forwarded-For}, which count behind a trusted proxy
   */
  public String subscriber(InetAddress peer, List<String> forwardedFor) {
    return identification().client(peer, forwardedFor).map(Proxies::subscriber).orElse("");
  }

  private Identification identification() {
    mistakes.ifPresent(
        found -> {
          throw found;
        });
    return identification;
  }
}
