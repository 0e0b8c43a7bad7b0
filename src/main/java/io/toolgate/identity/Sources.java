package io.toolgate.identity;

import java.util.Optional;

/** Everything that can prove a caller, as far as it is configured. */
record Sources(
    HeaderNames names,
    Optional<ApiKeys> keys,
    Optional<Gateway> gateway,
    Optional<SignedHeader> signed,
    Optional<SessionTokens> sessions,
    Optional<ProviderTokens> provider) {

  boolean any() {
    return gateway.isPresent() || signed.isPresent() || readAuthorization();
  }

  /** Whether the {@code Authorization} header means anything here. */
  boolean readAuthorization() {
    return keys.isPresent() || sessions.isPresent() || provider.isPresent();
  }
}
