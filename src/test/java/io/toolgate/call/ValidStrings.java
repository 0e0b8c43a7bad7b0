package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/** Strings that fit the formats, patterns and lengths real tools ask for. */
final class ValidStrings {
  private static final Map<String, String> FORMATS =
      Map.of(
          "uuid", "7f1c0c3e-5b0a-4a53-9c41-2d1d5f0f9a10",
          "uri", "https://example.com/a?b=c",
          "date-time", "2024-02-29T12:30:00Z",
          "date", "2024-02-29",
          "email", "someone@example.com",
          "ipv4", "192.0.2.1",
          "cidrv4", "192.0.2.0/24");

  /** Tried in this order where a pattern is given. */
  private static final List<String> CANDIDATES =
      List.of(
          "a1b2c3",
          "abc",
          "ABC",
          "5f2b9c0d1e3a4b5c6d7e8f90",
          "123",
          "12345678",
          "7f1c0c3e-5b0a-4a53-9c41-2d1d5f0f9a10",
          "12345678-7f1c0c3e-5b0a-4a53-9c41-2d1d5f0f9a10",
          "2024-02-29",
          "2024-02-29T12:30:00Z",
          "24h",
          "#a1b2c3",
          "owner/name",
          "GET",
          "team",
          "192.0.2.1",
          "192.0.2.0/24",
          "example.com",
          "someone@example.com",
          "https://example.com/a",
          "timestamp:asc",
          "count:asc",
          "\\ddd");

  private ValidStrings() {}

  static String of(JsonNode schema, Random random) {
    if (FORMATS.containsKey(schema.path("format").asText())) {
      return FORMATS.get(schema.path("format").asText());
    }
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    if (schema.has("pattern")) {
      Pattern pattern = Pattern.compile(schema.get("pattern").asText());
      return CANDIDATES.stream()
          .flatMap(text -> java.util.stream.Stream.of(text, text.repeat(4), text.repeat(12)))
          .filter(text -> text.length() >= least && text.length() <= most)
          .filter(text -> pattern.matcher(text).find())
          .findFirst()
          .orElse("");
    }
    String word = "word" + random.nextInt(1_000);
    String text = word.length() >= least ? word : word.repeat(least / word.length() + 1);
    return text.substring(0, Math.min(text.length(), most));
  }
}
