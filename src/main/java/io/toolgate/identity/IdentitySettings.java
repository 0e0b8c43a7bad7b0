package io.toolgate.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Settings that decide who is let in. Each source of proofs is off until it is configured. A secret
 * may stand in a file instead; its last line end does not count. An empty value counts as unset.
 */
@ConfigMapping(prefix = "toolgate.identity")
public interface IdentitySettings {
  /** The address that is listened on; empty where it is not known, so that it may be any. */
  Optional<String> listensOn();

  /** Whether callers without proof are served from other machines too. */
  @WithDefault("false")
  boolean allowAnonymous();

  /**
   * Where the port is published, if Toolgate runs in a container that has the port to itself: the
   * address of the host. One of loopback keeps callers without proof to the host, however the
   * container listens.
   */
  Optional<String> publishedOn();

  /**
   * Origins of web pages that may call, beside those on this machine, for example {@code
   * https://chat.example}.
   */
  Optional<List<String>> corsAllowOrigins();

  /** Whether calls need a user, by default yes: a key alone then only reads documents. */
  Optional<Boolean> requireUser();

  /** Whether listings need a proof, by default yes. */
  Optional<Boolean> requireAuthForListing();

  /** Whether the document, with every operation, is for callers without proof; by default not. */
  Optional<Boolean> openapiPublic();

  /** A key for every server whose holder may name users. */
  Optional<String> apiKey();

  Optional<Path> apiKeyFile();

  /** More keys, as JSON: {@code [{"name", "key", "groups": [...], "actForUsers": true}]}. */
  Optional<String> apiKeys();

  Optional<Path> apiKeysFile();

  /** Whether a gateway in front of Toolgate names the users, by default not. */
  Optional<Boolean> gatewayMode();

  /** What the gateway sends in {@code X-Gateway-Secret}. */
  Optional<String> gatewaySecret();

  Optional<Path> gatewaySecretFile();

  /**
   * Networks the gateway is in, in CIDR notation; also without a gateway, of proxies that tell for
   * whom they ask.
   */
  Optional<List<String>> trustedProxies();

  /** With which Open WebUI signs its user header. */
  Optional<String> signedHeaderSecret();

  Optional<Path> signedHeaderSecretFile();

  /** With which Open WebUI signs its sessions. */
  Optional<String> sessionSecret();

  Optional<Path> sessionSecretFile();

  /** Whether sessions that never expire count, as long as Open WebUI's table has their user. */
  Optional<Boolean> sessionsWithoutExpiry();

  Provider provider();

  Headers headers();

  /** An identity provider whose tokens are accepted. */
  interface Provider {
    /** Where its keys are; https, or on this machine. */
    Optional<String> jwksUrl();

    Optional<String> issuer();

    /** One of these must be in the token. */
    Optional<List<String>> audience();

    /** The claim that holds the e-mail address; by default {@code email}. */
    Optional<String> emailClaim();

    /** By default {@code name}. */
    Optional<String> nameClaim();

    /** By default {@code sub}. */
    Optional<String> idClaim();

    /** By default {@code groups}. */
    Optional<String> groupsClaim();
  }

  /** Names of headers that Open WebUI, or a gateway, can be told to use. */
  interface Headers {
    /** By default {@code X-OpenWebUI-User-Email}. */
    Optional<String> email();

    /** By default {@code X-OpenWebUI-User-Id}. */
    Optional<String> id();

    /** By default {@code X-OpenWebUI-User-Name}. */
    Optional<String> name();

    /** By default {@code X-OpenWebUI-User-Role}. */
    Optional<String> role();

    /** By default {@code X-OpenWebUI-User-Jwt}. */
    Optional<String> signed();

    /** Where the user's groups are forwarded; there is no usual name. */
    Optional<String> groups();

    Gateway gateway();

    /** Of a gateway. */
    interface Gateway {
      /** By default {@code X-User-Email}. */
      Optional<String> email();

      /** By default {@code X-User-Groups}. */
      Optional<String> groups();

      /** By default {@code X-User-Name}. */
      Optional<String> name();

      /** By default {@code X-User-OID}. */
      Optional<String> id();
    }
  }
}
