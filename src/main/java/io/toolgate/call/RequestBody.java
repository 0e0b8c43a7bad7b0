package io.toolgate.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads the body of a call.
 *
 * <p>Strict, because two readers that understand one text differently are a hole: the bytes must be
 * UTF-8 (RFC 8259, section 8.1), each key may stand once in its object, nothing may follow the
 * value, and no number loses a digit on its way to the server. Bounded, because what is read here
 * is walked by recursive code later: {@value #MAX_DEPTH} levels, {@value #MAX_DIGITS} digits.
 *
 * <p>Each refusal is {@link Problem#MALFORMED_BODY} and names the mistake and its place, counted in
 * characters from line 1, column 1; it never repeats the body, except for a key of at most 40
 * characters.
 *
 * <p>Threading: stateless; safe for any number of threads.
 */
public final class RequestBody {
  static final int MAX_DEPTH = 128;
  static final int MAX_DIGITS = 1_000;

  private static final JsonMapper MAPPER = mapper();
  private static final String LONG_NUMBER =
      "The request body has a number of more than " + MAX_DIGITS + " digits";

  private RequestBody() {}

  /**
   * The JSON object in a body; an empty one when the body is empty or only white space.
   *
   * @throws ProblemException {@link Problem#MALFORMED_BODY} for anything else
   */
  public static ObjectNode read(byte[] body) {
    String text = BodyText.decode(body);
    if (text.isBlank()) {
      return MAPPER.createObjectNode();
    }
    JsonNode json = parse(text);
    if (!(json instanceof ObjectNode object)) {
      throw refused(
          "The request body must be a JSON object with the arguments of the tool, but is "
              + Wording.actual(json)
              + '.');
    }
    BodyText.refuseHalfCharacters(text);
    return object;
  }

  private static JsonNode parse(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonNode json = parseValue(parser, text);
      refuseRest(parser);
      return json;
    } catch (IOException unexpected) {
      throw refused("The request body is not valid JSON.");
    }
  }

  private static JsonNode parseValue(JsonParser parser, String text) throws IOException {
    try {
      return MAPPER.readTree(parser);
    } catch (StreamConstraintsException tooMuch) {
      throw refused(constraint(parser) + BodyText.place(parser.currentLocation()));
    } catch (ArithmeticException | NumberFormatException tooLong) {
      throw refused(LONG_NUMBER + BodyText.place(parser.currentTokenLocation()));
    } catch (MismatchedInputException duplicate) {
      throw refused(
          "The request body has the key "
              + Wording.quoted(String.valueOf(parser.currentName()))
              + " twice in one object; its second value ends"
              + BodyText.place(parser.currentLocation()));
    } catch (JsonEOFException end) {
      throw refused("The request body ends before its JSON is complete.");
    } catch (JsonParseException mistake) {
      throw refused(
          "The request body is not valid JSON: "
              + BodyText.mistake(text, mistake.getLocation())
              + BodyText.place(mistake.getLocation()));
    }
  }

  private static void refuseRest(JsonParser parser) throws IOException {
    try {
      if (parser.nextToken() == null) {
        return;
      }
    } catch (JsonParseException notEvenJson) {
      // Refused below like any other rest.
    }
    throw refused(
        "The request body goes on after its JSON object ends"
            + BodyText.place(parser.currentLocation()));
  }

  private static String constraint(JsonParser parser) {
    return parser.getParsingContext().getNestingDepth() >= MAX_DEPTH
        ? "The request body is nested deeper than " + MAX_DEPTH + " levels"
        : LONG_NUMBER;
  }

  static ProblemException refused(String sentence) {
    return Problem.MALFORMED_BODY.because(sentence);
  }

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    mapper.setNodeFactory(new ExactNumbers());
    return mapper;
  }

  /** Keeps {@code 1.0} as it is written, and refuses what only an exponent makes short. */
  private static final class ExactNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    ExactNumbers() {
      super(true);
    }

    @Override
    public ValueNode numberNode(BigDecimal value) {
      long wholeDigits = (long) value.precision() - value.scale();
      if (wholeDigits > MAX_DIGITS || value.scale() > MAX_DIGITS) {
        throw new ArithmeticException();
      }
      return super.numberNode(value);
    }
  }
}
