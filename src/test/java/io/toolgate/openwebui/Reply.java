package io.toolgate.openwebui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** An HTTP answer with its body read to the end and its content encoding undone. */
record Reply(int status, HttpHeaders headers, byte[] body) {
  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The value of a header, or the empty string. */
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The media type in lower case without parameters, or the empty string. */
  String mediaType() {
    return header("content-type").split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
  }

  /** The body as JSON; empty when it is not JSON, or has no bytes. */
  Optional<JsonNode> json() {
    try {
      JsonNode value = JSON.readTree(body);
      return value == null || value.isMissingNode() ? Optional.empty() : Optional.of(value);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
