package io.toolgate.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Turns the settings into sources of proofs, and finds all that is wrong with them at once. */
final class SourceReader {
  private final IdentitySettings settings;
  private final UserDirectory directory;
  private final LongSupplier nanoTime;
  private final List<String> mistakes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final SecretReader secrets;

  /**
   * @param directory null where Open WebUI's table cannot be asked
   * @param environment the process's own, by name
   */
  SourceReader(
      IdentitySettings settings,
      UserDirectory directory,
      Function<String, String> environment,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.secrets =
        new SecretReader(
            environment, mistakes, isForThisMachine() ? Optional.of(warnings) : Optional.empty());
    this.directory = directory;
    this.nanoTime = nanoTime;
  }

  /**
   * @throws IdentityMistakes with everything that is wrong
   */
  Sources read() {
    List<Network> trusted = trustedProxies();
    HeaderNames names = names();
    Sources sources =
        new Sources(
            names,
            keys(),
            gateway(trusted, names.gateway().email()),
            signedHeader(),
            sessions(),
            provider(),
            new Proxies(new Networks(trusted)));
    if (settings.allowAnonymous() && anythingConfigured()) {
      mistakes.add(
          "ALLOW_ANONYMOUS=true lets everybody in, but a proof of callers is configured too; keep one of them.");
    }
    if (settings.gatewayMode().isEmpty() && gatewayDescribed() && lettingEverybodyIn(sources)) {
      mistakes.add(
          "GATEWAY_SHARED_SECRET or TRUSTED_PROXIES is set, but a gateway is believed only with API_GATEWAY_MODE=true, "
              + "and nothing else proves callers. Set it; or set it to false to serve this machine without proof.");
    }
    if (!mistakes.isEmpty()) {
      throw new IdentityMistakes(mistakes);
    }
    return sources;
  }

  /** What was tolerated; only to be asked when all was read. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Whether nobody else can try keys: a proxy in front would bring others here. */
  private boolean isForThisMachine() {
    return Loopback.isLoopback(settings.publishedOn().or(settings::listensOn).orElse(""))
        && !settings.gatewayMode().orElse(false)
        && !gatewayDescribed();
  }

  private boolean gatewayDescribed() {
    return settings.gatewaySecret().isPresent()
        || settings.gatewaySecretFile().isPresent()
        || settings.trustedProxies().isPresent();
  }

  /** Without anybody having asked for it. */
  private boolean lettingEverybodyIn(Sources sources) {
    return !sources.any() && mistakes.isEmpty() && !settings.allowAnonymous();
  }

  /** Also what is configured wrongly. */
  private boolean anythingConfigured() {
    return settings.gatewayMode().orElse(false)
        || Stream.of(
                settings.apiKey(),
                settings.apiKeyFile(),
                settings.apiKeys(),
                settings.apiKeysFile(),
                settings.signedHeaderSecret(),
                settings.signedHeaderSecretFile(),
                settings.sessionSecret(),
                settings.sessionSecretFile(),
                settings.provider().jwksUrl())
            .anyMatch(Optional::isPresent);
  }

  private HeaderNames names() {
    IdentitySettings.Headers headers = settings.headers();
    HeaderNames names =
        new HeaderNames(
            headers.email().orElse("X-OpenWebUI-User-Email"),
            headers.id().orElse("X-OpenWebUI-User-Id"),
            headers.name().orElse("X-OpenWebUI-User-Name"),
            headers.role().orElse("X-OpenWebUI-User-Role"),
            headers.signed().orElse("X-OpenWebUI-User-Jwt"),
            headers.groups().filter(name -> !name.isBlank()),
            new HeaderNames.Gateway(
                headers.gateway().email().orElse("X-User-Email"),
                headers.gateway().groups().orElse("X-User-Groups"),
                headers.gateway().name().orElse("X-User-Name"),
                headers.gateway().id().orElse("X-User-OID")));
    names
        .unusable()
        .ifPresent(
            name ->
                mistakes.add(
                    "The header name '%s' is no valid name, or is used for something else already (see FORWARD_USER_INFO_HEADER_*, FORWARDED_GROUPS_HEADER and GATEWAY_HEADER_*)."
                        .formatted(name)));
    return names;
  }

  private Optional<ApiKeys> keys() {
    List<ApiKey> keys = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    secrets
        .key("MCP_API_KEY", settings.apiKey(), settings.apiKeyFile())
        .ifPresent(
            key -> {
              taken.add(key);
              keys.add(new ApiKey("default", key, Optional.empty(), true));
            });
    Set<String> names = new HashSet<>();
    Optional<String> list =
        secrets.text("MCP_API_KEYS", settings.apiKeys(), settings.apiKeysFile());
    for (KeyListReader.Entry entry :
        list.map(new KeyListReader(secrets, mistakes)::read).orElse(List.of())) {
      if (!names.add(entry.name())) {
        mistakes.add("MCP_API_KEYS has two keys of the same name.");
      }
      if (!taken.add(entry.key())) {
        mistakes.add("MCP_API_KEYS has a key that is there twice, or is MCP_API_KEY too.");
      }
      keys.add(new ApiKey(entry.name(), entry.key(), entry.groups(), entry.actForUsers()));
    }
    return keys.isEmpty() ? Optional.empty() : Optional.of(new ApiKeys(keys));
  }

  /** Also without a gateway: they tell for whom they ask, which counts for rate limits. */
  private List<Network> trustedProxies() {
    List<Network> networks = new ArrayList<>();
    for (String text : settings.trustedProxies().orElse(List.of())) {
      if (!text.isBlank()) {
        network(text.strip()).ifPresent(networks::add);
      }
    }
    return networks;
  }

  private Optional<Network> network(String text) {
    try {
      Network network = Network.parse(text);
      if (network.isEverything()) {
        mistakes.add("TRUSTED_PROXIES holds '%s', which is everybody.".formatted(text));
      }
      return Optional.of(network);
    } catch (IllegalArgumentException e) {
      mistakes.add(
          "TRUSTED_PROXIES holds '%s', which is no address or network such as 10.0.0.5 or 10.0.0.0/24."
              .formatted(text));
      return Optional.empty();
    }
  }

  private Optional<Gateway> gateway(List<Network> trusted, String emailHeader) {
    if (!settings.gatewayMode().orElse(false)) {
      return Optional.empty();
    }
    Optional<String> secret =
        secrets.sent(
            "GATEWAY_SHARED_SECRET", settings.gatewaySecret(), settings.gatewaySecretFile());
    boolean secretGiven =
        settings.gatewaySecret().isPresent() || settings.gatewaySecretFile().isPresent();
    OwnAddresses own = new OwnAddresses(nanoTime);
    if (!secretGiven) {
      trusted.forEach(network -> checkForeign(network, own));
      if (settings.trustedProxies().orElse(List.of()).stream().allMatch(String::isBlank)) {
        mistakes.add(
            "API_GATEWAY_MODE=true believes a gateway, but nothing proves it: set GATEWAY_SHARED_SECRET, which the "
                + "gateway sends in X-Gateway-Secret, or TRUSTED_PROXIES to the gateway's address.");
      }
    }
    return Optional.of(
        new Gateway(
            secret,
            trusted.isEmpty() ? Optional.empty() : Optional.of(new Networks(trusted)),
            own,
            emailHeader));
  }

  private void checkForeign(Network network, OwnAddresses own) {
    if (network.base().isLoopbackAddress() || network.isSingle() && own.contains(network.base())) {
      mistakes.add(
          "TRUSTED_PROXIES holds '%s', an address of this machine, which every program here has. Set GATEWAY_SHARED_SECRET as well."
              .formatted(network));
    }
  }

  private Optional<SignedHeader> signedHeader() {
    return secrets
        .secret(
            "FORWARD_USER_INFO_HEADER_JWT_SECRET",
            settings.signedHeaderSecret().map(String::strip), // as Open WebUI does
            settings.signedHeaderSecretFile())
        .map(SignedHeader::new);
  }

  private Optional<SessionTokens> sessions() {
    return secrets
        .secret("WEBUI_SECRET_KEY", settings.sessionSecret(), settings.sessionSecretFile())
        .map(
            secret ->
                new SessionTokens(
                    secret,
                    directory == null ? null : new KnownUsers(directory, nanoTime),
                    settings.sessionsWithoutExpiry().orElse(false)));
  }

  private Optional<ProviderTokens> provider() {
    IdentitySettings.Provider provider = settings.provider();
    Optional<String> url = provider.jwksUrl().map(String::strip).filter(it -> !it.isEmpty());
    Optional<String> issuer = provider.issuer().map(String::strip).filter(it -> !it.isEmpty());
    List<String> audiences =
        provider.audience().orElse(List.of()).stream()
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .toList();
    if (url.isEmpty()) {
      if (issuer.isPresent() || !audiences.isEmpty()) {
        mistakes.add(
            "JWT_ISSUER or JWT_AUDIENCE is set, but not where the provider's keys are: set JWT_JWKS_URL too.");
      }
      return Optional.empty();
    }
    Optional<URI> keys = url.flatMap(SourceReader::safe);
    if (keys.isEmpty()) {
      mistakes.add(
          "JWT_JWKS_URL must be an https address, because who changes the keys is everybody, and have a host that TLS can name (no \"_\").");
      return Optional.empty();
    }
    if (issuer.isEmpty() || audiences.isEmpty()) {
      mistakes.add(
          "JWT_JWKS_URL needs JWT_ISSUER and JWT_AUDIENCE as well: without them a token for any other application "
              + "would be accepted.");
      return Optional.empty();
    }
    return Optional.of(
        new ProviderTokens(
            new SigningKeys(keys.get(), nanoTime),
            issuer.get(),
            audiences,
            new ProviderTokens.ClaimNames(
                provider.emailClaim().orElse("email"),
                provider.nameClaim().orElse("name"),
                provider.idClaim().orElse("sub"),
                provider.groupsClaim().orElse("groups")),
            nanoTime));
  }

  private static Optional<URI> safe(String text) {
    try {
      URI url = new URI(text);
      boolean safe =
          url.getHost() != null
              && ("https".equalsIgnoreCase(url.getScheme())
                  || "http".equalsIgnoreCase(url.getScheme())
                      && Loopback.isLoopback(url.getHost()));
      return safe ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException mistake) {
      return Optional.empty();
    }
  }
}
