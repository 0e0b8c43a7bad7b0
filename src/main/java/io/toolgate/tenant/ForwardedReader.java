package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Which headers of a caller's request are handed on to a remote server: those that are named, one
 * by one, and that prove or claim nothing about the caller.
 */
final class ForwardedReader {
  private static final Pattern NAME = Pattern.compile("[!#$%&'+.^_`|~0-9A-Za-z-]+");

  /** Credentials of the caller, and what belongs to the connection, the body or the session. */
  private static final Pattern NEVER =
      Pattern.compile(
          "cookie2?|set-cookie2?|authorization|proxy-.*|x-api-key|x-gateway-secret"
              + "|x-openwebui-user-jwt|host|content-(length|type|encoding)|transfer-encoding"
              + "|connection|keep-alive|te|trailer|upgrade|expect|http2-settings|accept"
              + "|mcp-session-id|mcp-protocol-version|last-event-id");

  /** Any caller can write them; those who are believed are known by a template's name. */
  private static final Pattern CLAIM =
      Pattern.compile("x-openwebui-user-.*|x-user-.*|x-entra-groups|x-auth-source");

  private static final String ENABLED = "enabled";
  private static final String WHITELIST = "whitelist";
  private static final String BLACKLIST = "blacklist";

  private final Fields fields;
  private final Findings findings;

  ForwardedReader(Fields fields, Findings findings) {
    this.fields = fields;
    this.findings = findings;
  }

  /**
   * @param own lower-case names of the headers that the definition sets itself
   */
  Set<String> read(Set<String> own) {
    Set<String> forwarded = new LinkedHashSet<>();
    for (Text name : fields.texts(ServerKey.FORWARD_HEADERS)) {
      add(name, own, forwarded, findings::mistake);
    }
    fields.object(ServerKey.CLIENT_HEADER_FORWARDING).ifPresent(mcpo -> mcpo(mcpo, own, forwarded));
    return forwarded;
  }

  /** Its patterns are not taken over: what they let through is not known before it is too late. */
  private void mcpo(ObjectNode mcpo, Set<String> own, Set<String> forwarded) {
    Place place = fields.place(ServerKey.CLIENT_HEADER_FORWARDING);
    Set<String> keys = Set.of(ENABLED, WHITELIST, BLACKLIST);
    UnknownKeys.judge(mcpo, place, keys, findings);
    if (!mcpo.hasNonNull(ENABLED)
        || !fields.values().choice(place.child(ENABLED), mcpo.get(ENABLED)).orElse(false)) {
      return;
    }
    if (fields.has(ServerKey.FORWARD_HEADERS)) {
      findings.warning(place, "has no effect beside \"forwardHeaders\"");
      return;
    }
    List<Text> blacklist = texts(mcpo, place, BLACKLIST);
    for (Text name : texts(mcpo, place, WHITELIST)) {
      if (blacklist.stream().noneMatch(pattern -> fits(pattern, name))) {
        add(name, own, forwarded, findings::warning);
      }
    }
    if (forwarded.isEmpty()) {
      findings.warning(
          place, "forwards nothing; name each header: \"forwardHeaders\": [\"X-Request-Id\"]");
    }
  }

  private void add(
      Text text, Set<String> own, Set<String> forwarded, BiConsumer<Place, String> finding) {
    String name = text.value().toLowerCase(Locale.ROOT);
    if (!text.known()) {
      return;
    }
    if (name.contains("*")) {
      finding.accept(text.place(), "is a pattern; name each header");
    } else if (!NAME.matcher(name).matches()) {
      finding.accept(text.place(), "is no name of an HTTP header");
    } else if (NEVER.matcher(name).matches()) {
      finding.accept(text.place(), "this header is never forwarded");
    } else if (CLAIM.matcher(name).matches()) {
      finding.accept(
          text.place(),
          "nothing proves what this header says; write \"headers\": {\"X-User\": \"${user.email}\"}");
    } else if (own.contains(name)) {
      finding.accept(text.place(), "this header stands in \"headers\" already");
    } else {
      forwarded.add(name);
    }
  }

  private List<Text> texts(ObjectNode mcpo, Place place, String key) {
    List<Text> texts = new ArrayList<>();
    Optional<JsonNode> node = Optional.ofNullable(mcpo.get(key)).filter(given -> !given.isNull());
    node.filter(
            list ->
                fields.values().is(list.isArray(), place.child(key), list, "an array of strings"))
        .ifPresent(
            list -> {
              for (int i = 0; i < list.size(); i++) {
                fields
                    .values()
                    .string(place.child(key).child(i), list.get(i), "a string")
                    .ifPresent(texts::add);
              }
            });
    return texts;
  }

  private static boolean fits(Text pattern, Text name) {
    String expression =
        Pattern.compile("\\*")
            .splitAsStream(pattern.value() + "\0")
            .map(Pattern::quote)
            .reduce((before, after) -> before + ".*" + after)
            .orElse("");
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE)
        .matcher(name.value() + "\0")
        .matches();
  }
}
