package io.toolgate.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that can prove a caller, as far as it is configured. */
record Sources(
    HeaderNames names,
    Optional<ApiKeys> keys,
    Optional<Gateway> gateway,
    Optional<SignedHeader> signed,
    Optional<SessionTokens> sessions,
    Optional<ProviderTokens> provider,
    Proxies proxies) {

  boolean any() {
    return gateway.isPresent() || signed.isPresent() || readAuthorization();
  }

  /** What is accepted, in words for the operator. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    keys.ifPresent(known -> words.add(known.keys().size() == 1 ? "a key" : "one of the keys"));
    gateway.ifPresent(known -> words.add("the word of the gateway"));
    signed.ifPresent(known -> words.add("Open WebUI's signed header"));
    sessions.ifPresent(known -> words.add("a session token of Open WebUI"));
    provider.ifPresent(known -> words.add("a token of the identity provider"));
    return List.copyOf(words);
  }

  /** Whether the {@code Authorization} header means anything here. */
  boolean readAuthorization() {
    return keys.isPresent() || sessions.isPresent() || provider.isPresent();
  }
}
