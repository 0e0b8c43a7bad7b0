package io.toolgate.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.toolgate.problem.Mistake;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemDocumentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode document(ProblemException problem) throws IOException {
    return JSON.readTree(ProblemDocument.bytes(problem, "abc-1"));
  }

  @Test
  void saysWhatIsKnownAndNothingElse() throws IOException {
    assertEquals(
        JSON.readTree(
            """
            {"type":"not-found","title":"Not found","status":404,
             "detail":"There is no such server.","instance":"abc-1"}
            """),
        document(Problem.NOT_FOUND.because("There is no such server.").retryAfter(2)));
  }

  @Test
  void namesServerToolAndMistakesWhereTheyApply() throws IOException {
    ProblemException problem =
        Problem.INVALID_ARGUMENTS
            .because("Two do not fit.")
            .withMistakes(
                List.of(new Mistake("/a", "is required"), new Mistake("", "must be an object")))
            .at("files", "read");

    assertEquals(
        JSON.readTree(
            """
            {"type":"invalid-arguments","title":"The arguments do not fit the tool","status":422,
             "detail":"Two do not fit.","instance":"abc-1","server":"files","tool":"read",
             "errors":[{"pointer":"/a","detail":"is required"},
                       {"pointer":"","detail":"must be an object"}]}
            """),
        document(problem));
  }

  @Test
  void holdsAnyText() throws IOException {
    String text = "\"\\ \u0000\r\n\u2028 €😀 </script>";

    assertEquals(text, document(Problem.TOOL_FAILED.because(text)).get("detail").textValue());
  }
}
