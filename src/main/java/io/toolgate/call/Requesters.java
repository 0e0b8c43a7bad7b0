package io.toolgate.call;

import io.toolgate.identity.Authentication;
import io.toolgate.identity.Caller;
import io.toolgate.identity.RequestHeaders;
import io.toolgate.policy.Access;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.Told;
import io.toolgate.upstream.Requester;
import io.toolgate.upstream.Upstream;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * For whom a call is, as its server may know it.
 *
 * <p>Invariants: of a caller nothing is told that is not proven, but the chat, which is the
 * caller's own word; no header is handed on that Toolgate reads itself to learn who calls.
 *
 * <p>Threading: any thread; a call that no server asks about costs nothing.
 */
@Singleton
class Requesters {
  private static final Pattern CHAT = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private final Authentication authentication;
  private final String chatHeader;

  Requesters(
      Authentication authentication,
      @ConfigProperty(name = "toolgate.call.chat-header") String chatHeader) {
    this.authentication = authentication;
    this.chatHeader = chatHeader;
  }

  /**
   * @throws ProblemException malformed-header for a chat that cannot be one; upstream-unavailable
   *     if the credentials of the caller's group cannot be used
   */
  Requester of(Caller caller, Access access, Upstream upstream, RequestHeaders headers) {
    return new Requester(
        upstream.asksWhoCalls() ? told(caller, access, headers) : Told.NOBODY,
        access.credentials(upstream.definition().name()),
        name -> header(name, headers),
        access.diagnoses());
  }

  private Told told(Caller caller, Access access, RequestHeaders headers) {
    if (!(caller instanceof Caller.User user)) {
      return new Told(Optional.empty(), Optional.empty(), access.groups(), chat(headers));
    }
    return new Told(
        Optional.of(user.email()),
        Optional.of(user.id()).filter(id -> !id.isEmpty()),
        access.groups(),
        chat(headers));
  }

  private Optional<String> chat(RequestHeaders headers) {
    List<String> given = headers.all(chatHeader);
    if (given.isEmpty() || given.equals(List.of(""))) {
      return Optional.empty();
    }
    if (given.size() > 1 || !CHAT.matcher(given.get(0)).matches()) {
      throw Problem.MALFORMED_HEADER.because(
          chatHeader + " must be one id of at most 128 letters, digits, dots, colons, - and _.");
    }
    return Optional.of(given.get(0));
  }

  private Optional<String> header(String name, RequestHeaders headers) {
    List<String> values = authentication.reads(name) ? List.of() : headers.all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }
}
