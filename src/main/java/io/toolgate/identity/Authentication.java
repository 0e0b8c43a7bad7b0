package io.toolgate.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Who may come in here at all, as configured.
 *
 * <p>Invariant: with a mistake in the settings nobody is identified; the start is to be refused
 * with {@link #mistakes}.
 */
@ApplicationScoped
public class Authentication {
  private final Identification identification;
  private final Optional<IdentityMistakes> mistakes;

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
    Identification read = null;
    IdentityMistakes wrong = null;
    try {
      read =
          new Identification(
              new SourceReader(settings, directory, environment, System::nanoTime).read());
    } catch (IdentityMistakes found) {
      wrong = found;
    }
    this.identification = read;
    this.mistakes = Optional.ofNullable(wrong);
  }

  /** What is wrong with the settings. */
  public Optional<IdentityMistakes> mistakes() {
    return mistakes;
  }

  /** Whether callers have to prove anything; if not, {@link LoopbackGuard} keeps strangers out. */
  public boolean configured() {
    return identification().configured();
  }

  /** See {@link Identification#unprovenHeaders}. */
  public long unprovenHeaders() {
    return identification().unprovenHeaders();
  }

  /** See {@link Identification#identify}. */
  public CompletableFuture<Optional<Caller>> identify(RequestHeaders headers, InetAddress peer) {
    return identification().identify(headers, peer);
  }

  private Identification identification() {
    mistakes.ifPresent(
        found -> {
          throw found;
        });
    return identification;
  }
}
