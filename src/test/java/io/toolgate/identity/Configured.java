package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Authentication as an environment configures it, through the product's own property file. */
public final class Configured {
  static final String KEY = "a-key-for-everything-0123456789";
  static final String GATEWAY_SECRET = "the-gateways-secret-0123456789";
  static final String SIGNED_SECRET = "signs-the-user-header-0123456789";
  static final String SESSION_SECRET = "signs-the-sessions-0123456789";

  private final Map<String, String> environment = new HashMap<>();
  private UserDirectory directory;
  private Authentication authentication;

  static Configured nothing() {
    return new Configured();
  }

  public static Configured key() {
    return nothing().and("MCP_API_KEY", KEY);
  }

  static Configured keys(String json) {
    return nothing().and("MCP_API_KEYS", json);
  }

  static Configured gateway() {
    return nothing().andGateway();
  }

  static Configured signed() {
    return nothing().andSigned();
  }

  static Configured sessions() {
    return nothing().andSessions();
  }

  Configured andKey() {
    return and("MCP_API_KEY", KEY);
  }

  public Configured andGateway() {
    return and("API_GATEWAY_MODE", "true").and("GATEWAY_SHARED_SECRET", GATEWAY_SECRET);
  }

  public Configured andSigned() {
    return and("FORWARD_USER_INFO_HEADER_JWT_SECRET", SIGNED_SECRET);
  }

  Configured andSessions() {
    return and("WEBUI_SECRET_KEY", SESSION_SECRET);
  }

  Configured andProvider(Provider provider) {
    return and("JWT_JWKS_URL", provider.url())
        .and("JWT_ISSUER", Provider.ISSUER)
        .and("JWT_AUDIENCE", Provider.AUDIENCE);
  }

  Configured and(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Configured knowing(Map<String, DirectoryUser> users) {
    return asking(id -> CompletableFuture.completedFuture(Optional.ofNullable(users.get(id))));
  }

  Configured asking(UserDirectory users) {
    directory = users;
    return this;
  }

  IdentitySettings settings() {
    try {
      SmallRyeConfig config =
          new SmallRyeConfigBuilder()
              .addDefaultInterceptors()
              .addDiscoveredConverters()
              .withSources(
                  new PropertiesConfigSource(
                      Configured.class.getResource("/application.properties"), 100),
                  new PropertiesConfigSource(environment, "environment", 300))
              .withMapping(IdentitySettings.class)
              .withMappingIgnore("**")
              .build();
      return config.getConfigMapping(IdentitySettings.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Authentication authentication() {
    if (authentication == null) {
      authentication = new Authentication(settings(), directory, environment::get);
    }
    return authentication;
  }

  List<String> mistakes() {
    return authentication().mistakes().map(IdentityMistakes::mistakes).orElse(List.of());
  }

  /** The caller of a request; empty if it presents no proof. */
  Optional<Caller> identify(Sent request) {
    try {
      return authentication().identify(request.headers(), request.peer()).join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof ProblemException problem ? problem : failure;
    }
  }

  Caller.User user(Sent request) {
    return assertInstanceOf(Caller.User.class, identify(request).orElseThrow());
  }

  Caller.Service service(Sent request) {
    return assertInstanceOf(Caller.Service.class, identify(request).orElseThrow());
  }

  /** The sentence with which a request is refused as unauthenticated. */
  String refusal(Sent request) {
    ProblemException refusal = assertThrows(ProblemException.class, () -> identify(request));
    assertEquals(Problem.UNAUTHENTICATED, refusal.problem());
    return refusal.detail();
  }
}
