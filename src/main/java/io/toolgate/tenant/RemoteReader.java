package io.toolgate.tenant;

import io.toolgate.tenant.Transport.Protocol;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keys of a server that is reached over HTTP. Its URL and headers may hold credentials, so no
 * message quotes them.
 */
final class RemoteReader {
  /** Stands in for what a mistake or an unset variable left open; resolves nowhere (RFC 2606). */
  private static final URI NOWHERE = URI.create("http://unset.invalid/");

  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

  /** Belong to the HTTP connection or the MCP session, so no definition can set them. */
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "mcp-session-id",
          "transfer-encoding",
          "upgrade");

  private final Fields fields;
  private final Secrets secrets;
  private final Findings findings;

  RemoteReader(Fields fields, Secrets secrets, Findings findings) {
    this.fields = fields;
    this.secrets = secrets;
    this.findings = findings;
  }

  Transport.Remote read() {
    URI url = fields.text(ServerKey.URL).filter(Text::known).flatMap(this::url).orElse(NOWHERE);
    Protocol protocol = protocol();
    Map<String, Template> headers = headers();
    Set<String> forwarded = new ForwardedReader(fields, findings).read(folded(headers.keySet()));
    return new Transport.Remote(protocol, url, new Templates(headers), forwarded, true);
  }

  private Protocol protocol() {
    Optional<Text> text = fields.text(ServerKey.TYPE).filter(Text::known);
    if (text.isEmpty()) {
      return Protocol.AUTO;
    }
    switch (text.get().value().strip().toLowerCase(Locale.ROOT).replace('_', '-')) {
      case "stdio", "local":
        typeNeeds(ServerKey.COMMAND, ServerKey.URL);
        return Protocol.AUTO;
      case "streamable-http", "streamablehttp":
        typeNeeds(ServerKey.URL, ServerKey.COMMAND);
        return Protocol.STREAMABLE_HTTP;
      case "sse":
        typeNeeds(ServerKey.URL, ServerKey.COMMAND);
        return Protocol.SSE;
      case "http", "remote":
        // Editors that write "http" fall back to SSE themselves, so a file may rely on it.
        typeNeeds(ServerKey.URL, ServerKey.COMMAND);
        return Protocol.AUTO;
      default:
        findings.mistake(
            text.get().place(),
            Quote.quote(text.get().raw())
                + " is no transport; write \"stdio\", \"streamable-http\" or \"sse\"");
        return Protocol.AUTO;
    }
  }

  private void typeNeeds(ServerKey needed, ServerKey other) {
    if (fields.has(other) && !fields.has(needed)) {
      findings.mistake(
          fields.place(ServerKey.TYPE),
          "this type needs %s, but the server has %s"
              .formatted(Quote.quote(needed.spelling()), Quote.quote(other.spelling())));
    }
  }

  private Optional<URI> url(Text text) {
    String given = text.value().strip();
    Optional<String> mistake = HttpUrl.mistake(given);
    if (mistake.isPresent()) {
      findings.mistake(text.place(), mistake.get());
      return Optional.empty();
    }
    URI url = URI.create(given);
    if (url.getRawQuery() != null) {
      secrets.addQuery(url.getRawQuery());
    }
    return Optional.of(url);
  }

  private Map<String, Template> headers() {
    Map<String, Template> headers = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    fields
        .templates(ServerKey.HEADERS)
        .forEach(
            (name, text) -> {
              Template value = text.template().stripped();
              String folded = name.toLowerCase(Locale.ROOT);
              if (!HEADER_NAME.matcher(name).matches()) {
                findings.mistake(text.place(), "is no name of an HTTP header");
              } else if (OURS.contains(folded)) {
                findings.mistake(text.place(), "this header is set by Toolgate itself");
              } else if (!seen.add(folded)) {
                findings.mistake(text.place(), "this header stands twice");
              }
              if (text.known() && !HEADER_VALUE.matcher(value.asWritten()).matches()) {
                findings.mistake(
                    text.place(), "the value of a header is one line of Latin-1 characters");
              }
              if (text.known()) {
                text.template().texts().forEach(secrets::addHeader);
              }
              headers.put(name, value);
            });
    return headers;
  }

  private static Set<String> folded(Set<String> names) {
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
