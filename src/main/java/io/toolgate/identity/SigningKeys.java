package io.toolgate.identity;

import io.toolgate.problem.Problem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys that an identity provider publishes (JWK Set, RFC 7517, section 5).
 *
 * <p>Invariant: keys are used for at most {@link #USED} after they were read; when they cannot be
 * read for so long, nobody is let in. An unknown key makes them be read again, but never more often
 * than every {@link #PAUSE}, so that made-up tokens do not become requests to the provider.
 *
 * <p>Threading: reading is asynchronous and happens once at a time; verifying uses the last set
 * read and never waits.
 */
final class SigningKeys implements VerificationKeyResolver {
  static final Duration PAUSE = Duration.ofSeconds(30);
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration USED = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LARGEST = 1_000_000;
  private static final int OK = 200;
  private static final Logger LOG = Logger.getLogger("toolgate.identity");

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final VerificationJwkSelector selector = new VerificationJwkSelector();
  private final URI url;
  private final LongSupplier nanoTime;

  private volatile Read last;
  // Both guarded by this.
  private CompletableFuture<Void> reading;
  private long mayReadAt;

  private record Read(List<JsonWebKey> keys, long at) {}

  SigningKeys(URI url, LongSupplier nanoTime) {
    this.url = url;
    this.nanoTime = nanoTime;
    this.mayReadAt = nanoTime.getAsLong();
  }

  /**
   * Completes when everything has been done to have the key of a token: at once if it is there.
   * Fails with a problem if there are no keys at all.
   */
  CompletableFuture<Void> ready(JsonWebSignature token) {
    Read read = usable();
    if (read != null && select(token, read) != null) {
      if (age(read) > FRESH.toNanos()) {
        read(); // in the background
      }
      return CompletableFuture.completedFuture(null);
    }
    return read()
        .thenRun(
            () -> {
              if (usable() == null) {
                throw Problem.ACCESS_UNKNOWN
                    .because("The keys of the identity provider cannot be read at the moment.")
                    .retryAfter((int) PAUSE_AFTER_FAILURE.toSeconds());
              }
            });
  }

  @Override
  public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting)
      throws UnresolvableKeyException {
    Read read = usable();
    JsonWebKey key = read == null ? null : select(token, read);
    if (key == null) {
      throw new UnresolvableKeyException("unknown key");
    }
    return key.getKey();
  }

  private JsonWebKey select(JsonWebSignature token, Read read) {
    try {
      return selector.select(token, read.keys());
    } catch (JoseException | RuntimeException unknownAlgorithm) {
      return null;
    }
  }

  private Read usable() {
    Read read = last;
    return read != null && age(read) <= USED.toNanos() ? read : null;
  }

  private long age(Read read) {
    return nanoTime.getAsLong() - read.at();
  }

  private synchronized CompletableFuture<Void> read() {
    if (reading != null) {
      return reading;
    }
    if (nanoTime.getAsLong() - mayReadAt < 0) {
      return CompletableFuture.completedFuture(null);
    }
    HttpRequest request =
        HttpRequest.newBuilder(url).timeout(PATIENCE).header("Accept", "application/json").build();
    CompletableFuture<Void> done = new CompletableFuture<>();
    reading = done;
    http.sendAsync(request, bounded())
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(SigningKeys::keys)
        .whenComplete((keys, failure) -> finish(keys, failure, done));
    return done;
  }

  private void finish(List<JsonWebKey> keys, Throwable failure, CompletableFuture<Void> done) {
    synchronized (this) {
      long now = nanoTime.getAsLong();
      reading = null;
      mayReadAt = now + (failure == null ? PAUSE : PAUSE_AFTER_FAILURE).toNanos();
      if (failure == null) {
        last = new Read(keys, now);
      }
    }
    if (failure != null) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      LOG.warnf("The keys at %s (JWT_JWKS_URL) cannot be read: %s", url.getHost(), cause);
    }
    done.complete(null);
  }

  /** Private and symmetric keys in the set are not the provider's to publish, and are left out. */
  private static List<JsonWebKey> keys(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != OK) {
      throw new IllegalStateException("status " + answer.statusCode());
    }
    try {
      return new JsonWebKeySet(new String(answer.body(), StandardCharsets.UTF_8))
          .getJsonWebKeys().stream().filter(PublicJsonWebKey.class::isInstance).toList();
    } catch (JoseException e) {
      throw new IllegalStateException("no JWK Set");
    }
  }

  private static BodyHandler<byte[]> bounded() {
    return info ->
        info.headers().firstValueAsLong("Content-Length").orElse(0) > LARGEST
            ? BodySubscribers.replacing(new byte[0])
            : BodySubscribers.ofByteArray();
  }
}
