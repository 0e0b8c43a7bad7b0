package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the {@code Authorization} header turned out to be; classified once, so that a value which
 * failed as one thing is never tried as another.
 *
 * @param key null unless it is a key
 * @param user null unless it is a token; completes when that is verified
 */
record Bearer(ApiKey key, CompletableFuture<ProvenUser> user) {
  private static final Bearer NOTHING = new Bearer(null, null);

  /**
   * @param header null if absent
   * @throws ProblemException if it is nothing that proves a caller here
   */
  static Bearer of(String header, Sources sources) {
    if (header == null || !sources.readAuthorization()) {
      return NOTHING;
    }
    Authorization authorization = Authorization.parse(header);
    Optional<ApiKey> key = sources.keys().flatMap(keys -> keys.find(authorization.credentials()));
    if (key.isPresent()) {
      return new Bearer(key.get(), null);
    }
    if (authorization.basic() || !Token.looksLike(authorization.credentials())) {
      throw Refused.because(
          "The Authorization header holds neither a key that is known here nor a JWT"
              + (sources.provider().isPresent()
                  ? "; opaque access tokens cannot be verified."
                  : "."));
    }
    Token token = Token.read(authorization.credentials(), "The token in Authorization");
    return new Bearer(null, token.isHs256() ? session(token, sources) : provided(token, sources));
  }

  boolean isToken() {
    return user != null;
  }

  private static CompletableFuture<ProvenUser> session(Token token, Sources sources) {
    return sources
        .sessions()
        .orElseThrow(
            () ->
                Refused.because(
                    "The Authorization header holds a token signed with HS256, as Open WebUI's sessions are, but "
                        + "WEBUI_SECRET_KEY is not set here."))
        .user(token);
  }

  private static CompletableFuture<ProvenUser> provided(Token token, Sources sources) {
    return sources
        .provider()
        .orElseThrow(
            () ->
                Refused.because(
                    "The token in Authorization is signed with an algorithm that is not accepted here."))
        .user(token);
  }
}
