package io.toolgate.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Settings that decide who is let in. Each source of proofs is off until it is configured. A secret
 * may stand in a file instead; its last line end does not count.
 */
@ConfigMapping(prefix = "toolgate.identity")
public interface IdentitySettings {
  /** Whether callers without proof are served from other machines too. */
  @WithDefault("false")
  boolean allowAnonymous();

  /**
   * Origins of web pages that may call, beside those on this machine, for example {@code
   * https://chat.example}.
   */
  Optional<List<String>> corsAllowOrigins();

  /** Whether calls need a user: a key alone then only reads documents and listings. */
  @WithDefault("true")
  boolean requireUser();

  /** Whether listings need a proof. */
  @WithDefault("true")
  boolean requireAuthForListing();

  /** Whether the document, with every operation, is for callers without proof too. */
  @WithDefault("false")
  boolean openapiPublic();

  /** A key for every server whose holder may name users. */
  Optional<String> apiKey();

  Optional<Path> apiKeyFile();

  /** More keys, as JSON: {@code [{"name", "key", "groups": [...], "actForUsers": true}]}. */
  Optional<String> apiKeys();

  Optional<Path> apiKeysFile();

  /** Whether a gateway in front of Toolgate names the users. */
  @WithDefault("false")
  boolean gatewayMode();

  /** What the gateway sends in {@code X-Gateway-Secret}. */
  Optional<String> gatewaySecret();

  Optional<Path> gatewaySecretFile();

  /** Networks the gateway is in, in CIDR notation. */
  Optional<List<String>> trustedProxies();

  /** With which Open WebUI signs its user header. */
  Optional<String> signedHeaderSecret();

  Optional<Path> signedHeaderSecretFile();

  /** With which Open WebUI signs its sessions. */
  Optional<String> sessionSecret();

  Optional<Path> sessionSecretFile();

  Provider provider();

  Headers headers();

  /** An identity provider whose tokens are accepted. */
  interface Provider {
    /** Where its keys are; https, or on this machine. */
    Optional<URI> jwksUrl();

    Optional<String> issuer();

    /** One of these must be in the token. */
    Optional<List<String>> audience();

    /** The claim that holds the e-mail address. */
    @WithDefault("email")
    String emailClaim();

    @WithDefault("name")
    String nameClaim();

    @WithDefault("sub")
    String idClaim();

    @WithDefault("groups")
    String groupsClaim();
  }

  /** Names of headers that Open WebUI can be told to use. */
  interface Headers {
    @WithDefault("X-OpenWebUI-User-Email")
    String email();

    @WithDefault("X-OpenWebUI-User-Id")
    String id();

    @WithDefault("X-OpenWebUI-User-Name")
    String name();

    @WithDefault("X-OpenWebUI-User-Role")
    String role();

    @WithDefault("X-OpenWebUI-User-Jwt")
    String signed();

    /** Where the user's groups are forwarded; there is no usual name. */
    Optional<String> groups();
  }
}
