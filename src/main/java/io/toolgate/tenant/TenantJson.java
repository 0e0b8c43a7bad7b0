package io.toolgate.tenant;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a tenant file to a JSON object. Comments and trailing commas are tolerated, as in the
 * editors the files come from; a key that stands twice is not, since only one could count.
 */
final class TenantJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final Pattern UNEXPECTED = Pattern.compile("Unexpected character \\('([!-~])'");

  private TenantJson() {}

  static Optional<ObjectNode> parse(String text, Place file, Findings findings) {
    try {
      reportDuplicates(text, file, findings);
      JsonNode root = JSON.readTree(text);
      if (root.isObject()) {
        return Optional.of((ObjectNode) root);
      }
      findings.mistake(
          file,
          root.isMissingNode()
              ? "is empty; write {\"mcpServers\": {...}}"
              : "must hold an object with \"mcpServers\", not " + kind(root));
    } catch (JsonProcessingException mistake) {
      findings.mistake(
          file,
          ForeignForm.mistake(text)
              .orElseGet(() -> "is not JSON" + where(mistake) + ": " + explain(mistake)));
    } catch (NumberFormatException mistake) {
      findings.mistake(file, "holds a number with too large an exponent");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Optional.empty();
  }

  /** What a value is, in words. */
  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> node.isEmpty() ? "an empty array" : "an array";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> node.asText();
      default -> "null";
    };
  }

  private static void reportDuplicates(String text, Place file, Findings findings)
      throws IOException {
    Deque<Set<String>> open = new ArrayDeque<>();
    try (JsonParser parser = JSON.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          open.push(new HashSet<>());
        } else if (token.isStructEnd()) {
          open.pop();
        } else if (token == JsonToken.FIELD_NAME && !open.element().add(parser.currentName())) {
          findings.mistake(
              new Place(file.file(), parser.getParsingContext().pathAsPointer().toString()),
              "this key stands twice, the second time in line "
                  + parser.currentTokenLocation().getLineNr());
        }
      }
    }
  }

  private static String where(JsonProcessingException mistake) {
    JsonLocation at = mistake.getLocation();
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /** In our own words: the library's may quote the file, and with it a secret. */
  private static String explain(JsonProcessingException mistake) {
    String message = mistake.getOriginalMessage();
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (mistake instanceof JsonEOFException) {
      return "the file ends too early; a closing bracket or quotation mark is missing";
    }
    if (mistake instanceof StreamConstraintsException) {
      return "nested too deeply, or a number or string is too long";
    }
    if (message.startsWith("Unrecognized token")) {
      return "text must stand in double quotation marks";
    }
    if (message.startsWith("Illegal unquoted character")) {
      return "a string must end in its line; write \\n for a line break";
    }
    return unexpected.find()
        ? "unexpected '" + unexpected.group(1) + "'; is a comma, quotation mark or bracket missing?"
        : "a comma, quotation mark or bracket is missing, or there is one too many";
  }
}
