package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the model and the user get to see of an answer. */
interface AnswerContract extends Subject {
  /** Longer error bodies cost the model more than they tell it. */
  int SHORT = 4000;

  private Stream<Sample> successes() {
    return Stream.of(
        echo(),
        withoutArguments(),
        nullForOptional(),
        picture(),
        severalTexts(),
        structured(),
        withoutResult());
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void noAnswerIsAnEmptyMessage(OpenWebUi client) {
    assertAll(
        Stream.concat(successes(), Stream.of(failing(), invalid()))
            .map(s -> () -> assertFalse(called(client, s).message().isBlank(), s.tool())));
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void noSuccessIsTakenForAFailure(OpenWebUi client) {
    assertAll(
        successes()
            .map(
                s ->
                    () -> {
                      ToolResult result = called(client, s);
                      assertFalse(result instanceof ToolResult.Failed, s.tool() + ": " + result);
                    }));
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void oneTextIsText(OpenWebUi client) {
    ToolResult result = called(client, echo());

    assertInstanceOf(ToolResult.Text.class, result);
    assertTrue(result.message().contains(echo().expected()), result.message());
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void severalTextsAreAListOfResults(OpenWebUi client) {
    ToolResult result = called(client, severalTexts());

    JsonNode value = assertInstanceOf(ToolResult.Json.class, result).value();
    assertTrue(value.path("results").size() > 1, result.message());
    assertTrue(result.message().contains(severalTexts().expected()), result.message());
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void structuredContentIsAnObject(OpenWebUi client) {
    ToolResult result = called(client, structured());

    assertInstanceOf(ToolResult.Json.class, result);
    assertTrue(result.message().contains(structured().expected()), result.message());
  }

  @Test
  default void pictureIsShownToTheUser() {
    for (OpenWebUi client : List.of(new NewBackend(), new Browser())) {
      ToolResult result = called(client, picture());

      ToolResult.Files files = assertInstanceOf(ToolResult.Files.class, result);
      assertTrue(files.dataUris().get(0).startsWith("data:image/"));
      assertTrue(files.dataUris().get(0).contains(picture().expected()));
      assertFalse(files.message().contains("base64,"), "the model reads a picture as text");
    }
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void failureOfTheToolTellsTheModelWhy(OpenWebUi client) {
    ToolResult result = called(client, failing());

    assertInstanceOf(ToolResult.Failed.class, result);
    assertTrue(result.message().contains(failing().expected()), result.message());
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void wrongArgumentsTellTheModelWhatToMend(OpenWebUi client) {
    ToolResult result = called(client, invalid());

    assertInstanceOf(ToolResult.Failed.class, result);
    assertTrue(result.message().contains(invalid().expected()), result.message());
  }

  @Test
  default void errorBodiesAreShortAndReadable() {
    assertAll(
        mistakes().stream()
            .map(
                mistake ->
                    () -> {
                      String body =
                          plain(mistake.method(), mistake.target(), mistake.body()).text();
                      assertTrue(body.length() < SHORT, mistake + " got " + body.length());
                      assertFalse(body.contains("Exception"), body);
                      assertFalse(body.contains("\\tat "), body);
                    }));
  }

  @Test
  default void answersAreJson() {
    assertAll(
        successes()
            .map(
                s ->
                    () -> {
                      Reply reply = plain("POST", pathOf(s), s.arguments().toString());
                      assertEquals("application/json", reply.mediaType(), s.tool());
                      assertTrue(reply.json().filter(v -> !v.isNull()).isPresent(), s.tool());
                    }));
  }

  @Test
  default void noAnswerIsShownAsAPageByMistake() {
    assertAll(
        successes()
            .map(
                s ->
                    () -> {
                      Reply reply = plain("POST", pathOf(s), s.arguments().toString());
                      assertEquals("", reply.header("content-disposition"), s.tool());
                      assertEquals("", reply.header("location"), s.tool());
                    }));
  }
}
