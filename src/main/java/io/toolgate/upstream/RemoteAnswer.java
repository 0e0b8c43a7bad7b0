package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the body of one HTTP answer: a message, a stream of events with messages in them, or the
 * words of a refusal. What it is shows in its first bytes, because servers in the field give any
 * {@code Content-Type} or none.
 *
 * <p>Invariant: no more than {@link Json#MAX_MESSAGE} is kept of one message, counted when it is
 * decoded.
 *
 * <p>Threading: used by one thread at a time.
 */
final class RemoteAnswer implements EventStreamReader.Sink {
  /** Bytes that an event loop may read as JSON without keeping others waiting. */
  private static final int LIGHT = 32 * 1024;

  private static final int LONGEST_REFUSAL = 64 * 1024;
  private static final int SHOWN = 80;
  private static final Pattern EVENT_FIELD =
      Pattern.compile("(?:data|event|id|retry)? ?:.*", Pattern.DOTALL);
  private static final int LONGEST_FIELD = "event:".length();
  private static final String EVENTS = "text/event-stream";
  private static final Set<String> PLAIN = Set.of("", "identity");

  private final int status;
  private final String type;
  private final String coding;
  private final Optional<String> location;
  private final RemoteAddress asked;
  private final RemoteExchange.Reader reader;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private Form form = Form.UNKNOWN;
  private EventStreamReader events;
  private int inEvent;
  private RemoteFailure failure;

  private enum Form {
    UNKNOWN,
    MESSAGE,
    EVENTS,
    REFUSAL,
    /** Of no interest. */
    IGNORED
  }

  RemoteAnswer(int status, MultiMap headers, RemoteAddress asked, RemoteExchange.Reader reader) {
    this.status = status;
    this.type = header(headers, HttpHeaders.CONTENT_TYPE);
    this.coding = header(headers, HttpHeaders.CONTENT_ENCODING).strip().toLowerCase(Locale.ROOT);
    this.location = Optional.ofNullable(headers.get(HttpHeaders.LOCATION));
    this.asked = asked;
    this.reader = reader;
    if (!isAccepted()) {
      form = Form.REFUSAL;
    }
  }

  private static String header(MultiMap headers, CharSequence name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  int status() {
    return status;
  }

  /** Whether it is no refusal. */
  boolean isAccepted() {
    return status >= 200 && status < 300;
  }

  /** Whether an event loop may take these bytes, or, if there are none, the end. */
  boolean isLight(Buffer next) {
    return next.length() + (form == Form.EVENTS ? inEvent : next.length() == 0 ? kept.size() : 0)
        <= LIGHT;
  }

  /** Takes the next bytes; tells why no more are wanted. */
  Optional<RemoteFailure> take(Buffer bytes) {
    if (isAccepted() && !PLAIN.contains(coding)) {
      return Optional.of(
          RemoteFailure.refusedAnswer(
              "The server's answer has a Content-Encoding that is not known here: "
                  + shown(coding)
                  + "."));
    }
    switch (form) {
      case IGNORED -> {}
      case REFUSAL -> keep(bytes, LONGEST_REFUSAL);
      case EVENTS -> readEvents(bytes.getBytes());
      case MESSAGE, UNKNOWN -> {
        keep(bytes, Json.MAX_MESSAGE + 1);
        if (kept.size() > Json.MAX_MESSAGE) {
          tooLarge();
        } else if (form == Form.UNKNOWN && kept.size() > LONGEST_REFUSAL) {
          failure =
              RemoteFailure.refusedAnswer("The server's answer begins with nothing but blanks.");
        } else if (form == Form.UNKNOWN) {
          recognize(false);
        }
      }
    }
    return Optional.ofNullable(failure);
  }

  /** Nothing more comes; tells what was wrong with it, if anything was. */
  Optional<RemoteFailure> end() {
    if (form == Form.UNKNOWN && kept.size() > 0) {
      recognize(true);
    }
    switch (form) {
      case REFUSAL ->
          failure =
              RemoteFailure.ofStatus(status, location.flatMap(asked::resolve), kept.toByteArray());
      case EVENTS -> events.end();
      case MESSAGE -> readMessage(kept.toByteArray(), kept.size());
      case UNKNOWN, IGNORED -> {}
    }
    return Optional.ofNullable(failure);
  }

  private void keep(Buffer bytes, int limit) {
    int room = Math.min(bytes.length(), limit - kept.size());
    if (room > 0) {
      kept.write(bytes.getBytes(0, room), 0, room);
    }
  }

  private void recognize(boolean isWhole) {
    byte[] bytes = kept.toByteArray();
    int first = MessageReader.begin(bytes, 0, bytes.length);
    if (first == bytes.length) {
      return;
    }
    if (MessageReader.looksLikeJson(bytes, first, bytes.length)) {
      form = Form.MESSAGE;
    } else if (isEventStream() || isEventField(bytes, first)) {
      form = Form.EVENTS;
      events = new EventStreamReader(Json.MAX_MESSAGE, this);
      kept.reset();
      readEvents(bytes);
    } else if (!reader.expectsMessage()) {
      form = Form.IGNORED;
    } else if (isWhole || bytes.length - first >= LONGEST_FIELD) {
      String said =
          new String(bytes, first, Math.min(bytes.length - first, SHOWN), StandardCharsets.UTF_8);
      failure = RemoteFailure.foreignAnswer(noMessage(bytes, first), said);
    }
  }

  private boolean isEventStream() {
    return type.strip().toLowerCase(Locale.ROOT).startsWith(EVENTS);
  }

  private static boolean isEventField(byte[] bytes, int from) {
    int length = Math.min(bytes.length - from, LONGEST_FIELD);
    return EVENT_FIELD
        .matcher(new String(bytes, from, length, StandardCharsets.ISO_8859_1))
        .matches();
  }

  private String noMessage(byte[] bytes, int from) {
    int length = Math.min(bytes.length - from, SHOWN);
    return "The server answered HTTP "
        + status
        + (type.isBlank() ? " without a Content-Type" : " with " + shown(type))
        + ", and no MCP. It begins: "
        + shown(new String(bytes, from, length, StandardCharsets.UTF_8));
  }

  private static String shown(String text) {
    return text.substring(0, Math.min(text.length(), SHOWN)).replaceAll("\\p{Cntrl}+", " ");
  }

  private void readEvents(byte[] bytes) {
    inEvent += bytes.length;
    events.read(bytes, 0, bytes.length);
  }

  @Override
  public void event(String eventType, byte[] data, int length) {
    inEvent = 0;
    if (!reader.event(eventType, data, length)) {
      readMessage(data, length);
    }
  }

  @Override
  public void lastId(String id) {
    reader.lastId(id);
  }

  @Override
  public void retry(long millis) {
    reader.retry(millis);
  }

  @Override
  public void tooLarge() {
    failure = RemoteFailure.refusedAnswer(Json.TOO_LARGE);
  }

  private void readMessage(byte[] bytes, int length) {
    Optional<JsonNode> message;
    try {
      message = MessageReader.read(bytes, 0, length);
    } catch (IOException unreadable) {
      if (form == Form.MESSAGE) {
        failure = RemoteFailure.refusedAnswer(Json.UNREADABLE);
        return;
      }
      message = Optional.empty();
    }
    if (message.isPresent()) {
      reader.message(message.get());
      return;
    }
    String said = new String(bytes, 0, Math.min(length, SHOWN), StandardCharsets.UTF_8);
    if (form == Form.MESSAGE && RemoteFailure.saysForgotten(said)) {
      failure = RemoteFailure.foreignAnswer("The server answered: " + shown(said), said);
    } else {
      reader.skipped("no JSON-RPC message: " + shown(said));
    }
  }
}
