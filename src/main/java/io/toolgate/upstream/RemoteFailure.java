package io.toolgate.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.upstream.Connection.Effect;
import io.toolgate.upstream.Connection.SendFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Why a request to a remote server has no answer: what may have happened there, and what to tell
 * people.
 *
 * @param answer a refusal in the words of JSON-RPC, which answers a request like any other
 */
record RemoteFailure(Effect effect, String reason, Optional<JsonNode> answer) {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");
  private static final String CREDENTIALS_REFUSED = "The server refused our credentials";
  private static final String ADDRESS_REFUSED = "The group's own address of the server was refused";
  private static final int SHOWN = 200;
  private static final List<String> MEMBERS_WITH_WORDS =
      List.of(
          "message",
          "error_description",
          "detail",
          "msg",
          "reason",
          "error",
          "errors",
          "code",
          "title");

  /** Statuses that have nothing to do with a session: too slow, too large, too often. */
  private static final Set<Integer> OF_ONE_REQUEST = Set.of(408, 413, 414, 429, 431);

  /** Errors of JSON-RPC that answer a request whatever its session is. */
  private static final Set<Integer> OF_ONE_ANSWER = Set.of(-32601, -32602, -32603);

  /** More than that, and it is about something else that is called a session. */
  private static final int LONGEST_OF_A_TOOL = 60;

  private static final Pattern FORGOTTEN =
      Pattern.compile(
          "session(?:[ _-]?id)?\\b.{0,60}\\b(?:not|unknown|unrecogni[sz]ed|invalid|inactive"
              + "|no longer|expired|missing|gone|lost|required|ended|closed|terminated|does"
              + "|timed out|timeout|deleted|removed|evicted|destroyed)\\b"
              + "|\\b(?:no|not|unknown|unrecogni[sz]ed|invalid|expired|missing|stale|bad|without|lost)\\b"
              + ".{0,60}session"
              + "|\\bsession[ _-](?:not[ _-]found|expired|unknown|invalid)"
              + "|\\btransport not found|\\bconnection not established"
              + "|\\bnot (?:been |yet )?initiali[sz]ed|\\buninitiali[sz]ed|\\binitiali[sz]e first",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** An address leads where it may not; the message says where, for the operator's log. */
  static final class EndpointRefused extends RuntimeException {
    EndpointRefused(String message) {
      super(message, null, false, false);
    }
  }

  private static RemoteFailure of(Effect effect, String reason) {
    return new RemoteFailure(effect, reason, Optional.empty());
  }

  SendFailure told() {
    return new SendFailure(effect, reason);
  }

  /** Whether a reason that was explained here is that. */
  static boolean isAboutAddress(String reason) {
    return reason.startsWith(ADDRESS_REFUSED);
  }

  /** Whether a reason that was explained here is that. */
  static boolean isAboutCredentials(String reason) {
    return reason.startsWith(CREDENTIALS_REFUSED);
  }

  /** Whether a server says in these words that it does not know the session. */
  static boolean saysForgotten(String words) {
    return FORGOTTEN.matcher(words).find();
  }

  /**
   * Whether an error of JSON-RPC refuses the session. A tool that ran may speak of sessions of its
   * own, so of what it may have said only few words count.
   */
  static boolean refusesSession(JsonNode error) {
    String words =
        error.isTextual() ? error.textValue() : words(error) + " " + words(error.path("data"));
    JsonNode code = error.path("code");
    boolean protocols =
        code.isIntegralNumber() && code.asInt() <= -32000 && !OF_ONE_ANSWER.contains(code.asInt());
    return saysForgotten(words) && (protocols || words.strip().length() <= LONGEST_OF_A_TOOL);
  }

  /** Nothing was sent. */
  static RemoteFailure ofConnecting(Throwable failure, RemoteAddress address) {
    if (failure instanceof EndpointRefused) {
      LOG.warnf("%s: %s", ADDRESS_REFUSED, failure.getMessage());
      return of(
          Effect.REFUSED, ADDRESS_REFUSED + ". The log says why; ENDPOINT_HOSTS allows hosts.");
    }
    return of(
        Effect.NONE,
        "The server cannot be reached at "
            + address.origin()
            + Unreachable.because(failure).map(why -> ": " + why).orElse("")
            + ".");
  }

  /** The request was sent, and not even the beginning of an answer came. */
  static RemoteFailure silent(Throwable failure) {
    return of(
        Effect.UNKNOWN,
        "The connection to the server failed"
            + Unreachable.because(failure).map(why -> ": " + why).orElse("")
            + ".");
  }

  /** The way broke within the answer. */
  static RemoteFailure broken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof io.netty.handler.codec.compression.DecompressionException) {
        return refusedAnswer("The server's answer cannot be decoded by its Content-Encoding.");
      }
    }
    return of(Effect.UNKNOWN, "The connection to the server failed.");
  }

  /** A stream that was to stay open has ended. */
  static RemoteFailure streamEnded() {
    return of(Effect.UNKNOWN, "The server ended its stream of messages.");
  }

  /** The server's answer came to its end, and what was waited for is not in it. */
  static RemoteFailure unanswered(int status) {
    return of(Effect.UNKNOWN, "The server's HTTP answer (" + status + ") ended without an answer.");
  }

  /** An answer came, and is none that can be used. */
  static RemoteFailure refusedAnswer(String reason) {
    return of(Effect.REFUSED, reason);
  }

  /** Likewise; and perhaps it says in its own way that the session is forgotten. */
  static RemoteFailure foreignAnswer(String reason, String said) {
    return of(saysForgotten(said) ? Effect.FORGOTTEN : Effect.REFUSED, reason);
  }

  /**
   * @param location where a redirect leads
   * @param body the beginning of what the server said
   */
  static RemoteFailure ofStatus(int status, Optional<RemoteAddress> location, byte[] body) {
    if (status < 400) {
      return of(
          Effect.FORGOTTEN,
          "The server answered HTTP "
              + status
              + location
                  .map(to -> ", and points to " + to + ". Write that address in its definition")
                  .orElse("")
              + ".");
    }
    Optional<JsonNode> json = json(body);
    String words = json.map(RemoteFailure::words).orElseGet(() -> plain(body));
    String said = words.isBlank() ? "" : " It said: " + words + (words.endsWith(".") ? "" : ".");
    Optional<JsonNode> answer =
        json.filter(MessageReader::isMessage).filter(message -> message.hasNonNull("error"));
    boolean ofOneRequest =
        status >= 500
            || OF_ONE_REQUEST.contains(status)
            || answer.filter(RemoteFailure::answersWhateverTheSession).isPresent();
    boolean forgotten = !ofOneRequest || saysForgotten(words);
    String reason =
        status == 401 || status == 403
            ? CREDENTIALS_REFUSED
                + " (HTTP "
                + status
                + ")."
                + said
                + " Check the headers of its definition."
            : "The server answered HTTP " + status + "." + said;
    return new RemoteFailure(forgotten ? Effect.FORGOTTEN : Effect.REFUSED, reason, answer);
  }

  private static boolean answersWhateverTheSession(JsonNode answer) {
    JsonNode code = answer.path("error").path("code");
    return code.isIntegralNumber()
        && (OF_ONE_ANSWER.contains(code.asInt()) || code.asInt() > -32000 || code.asInt() < -32768);
  }

  private static Optional<JsonNode> json(byte[] body) {
    try {
      return MessageReader.looksLikeJson(body, 0, body.length)
          ? Optional.of(Json.MAPPER.readTree(body))
          : Optional.empty();
    } catch (JsonProcessingException notWhole) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException(e); // bytes in memory can be read
    }
  }

  /** What an error in JSON says, in whichever of the usual members. */
  private static String words(JsonNode json) {
    if (json.isTextual()) {
      return line(json.textValue());
    }
    if (!json.isObject()) {
      return "";
    }
    List<String> all = new ArrayList<>();
    for (String member : MEMBERS_WITH_WORDS) {
      JsonNode value = json.path(member);
      String said = words(value.isArray() ? value.path(0) : value);
      if (!said.isBlank() && !all.contains(said)) {
        all.add(said);
      }
    }
    return line(String.join("; ", all));
  }

  /** A page for browsers says nothing in few words. */
  private static String plain(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return text.startsWith("<") ? "" : line(text);
  }

  private static String line(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + " ..." : line;
  }
}
