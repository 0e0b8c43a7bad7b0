package io.toolgate.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeToolsTest {
  private static final String SUMMER = "2025-07-01T12:00:00Z";
  private static final String WINTER = "2025-01-01T23:30:00Z";

  @ParameterizedTest
  @CsvSource({
    SUMMER + ", Europe/Berlin,   2025-07-01T14:00:00+02:00, Tuesday,   true",
    WINTER + ", Europe/Berlin,   2025-01-02T00:30:00+01:00, Thursday,  false",
    WINTER + ", America/New_York,2025-01-01T18:30:00-05:00, Wednesday, false",
    SUMMER + ", Asia/Kathmandu,  2025-07-01T17:45:00+05:45, Tuesday,   false",
    SUMMER + ", UTC,             2025-07-01T12:00:00+00:00, Tuesday,   false",
  })
  void tellsTheTimeOfAZone(String now, String zone, String time, String day, boolean dst)
      throws Exception {
    ObjectNode answer = at(now).call("get_current_time", json("{'timezone':'%s'}", zone));

    assertEquals(
        json(
            "{'timezone':'%s','datetime':'%s','day_of_week':'%s','is_dst':%s}",
            zone, time, day, dst),
        answer);
  }

  @ParameterizedTest
  @CsvSource({
    SUMMER + ", UTC,              Asia/Tokyo,       12:00, +9.0h,  2025-07-01T21:00:00+09:00",
    SUMMER + ", UTC,              Asia/Kathmandu,   12:00, +5.75h, 2025-07-01T17:45:00+05:45",
    SUMMER + ", UTC,              Asia/Kolkata,     9:05,  +5.5h,  2025-07-01T14:35:00+05:30",
    SUMMER + ", UTC,              America/St_Johns, 12:00, -2.5h,  2025-07-01T09:30:00-02:30",
    SUMMER + ", Europe/London,    Europe/London,    23:59, +0.0h,  2025-07-01T23:59:00+01:00",
    WINTER + ", America/New_York, Europe/London,    21:00, +5.0h,  2025-01-02T02:00:00+00:00",
  })
  void convertsATimeOfToday(
      String now, String from, String to, String time, String difference, String result)
      throws Exception {
    ObjectNode answer = at(now).call("convert_time", conversion(from, time, to));

    assertEquals(difference, answer.path("time_difference").asText());
    assertEquals(result, answer.at("/target/datetime").asText());
    assertEquals(from, answer.at("/source/timezone").asText());
  }

  @Test
  void refusesATimeThatAClockChangeSkips() {
    TimeTools lastSundayOfMarch = at("2025-03-30T00:30:00Z");

    assertMistake(
        "02:30 does not exist in Europe/Berlin on 2025-03-30: the clocks are put forward over it.",
        lastSundayOfMarch,
        "convert_time",
        conversion("Europe/Berlin", "02:30", "UTC"));
  }

  @Test
  void takesTheFirstOfATimeThatComesTwice() throws Exception {
    TimeTools lastSundayOfOctober = at("2025-10-26T00:30:00Z");

    ObjectNode answer =
        lastSundayOfOctober.call("convert_time", conversion("Europe/Berlin", "02:30", "UTC"));

    assertEquals("2025-10-26T02:30:00+02:00", answer.at("/source/datetime").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Pari,   'Europe/Paris'",
    "europe/paris,  'Europe/Paris'",
    "New York,      'America/New_York'",
    "Tokio,         'Asia/Tokyo'",
  })
  void suggestsWhatAnUnknownZoneMayMean(String wrong, String meant) {
    TimeMistake mistake =
        assertThrows(
            TimeMistake.class,
            () -> at(SUMMER).call("get_current_time", json("{'timezone':'%s'}", wrong)));

    String start = "There is no time zone '" + wrong + "'. Did you mean '" + meant + "'";
    assertEquals(start, mistake.getMessage().substring(0, start.length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PST", "+02:00", "Middle Earth", "Z", "SYSTEM"})
  void explainsTheFormOfZonesWhereNothingIsClose(String wrong) {
    assertMistake(
        "There is no time zone '%s'. Give an IANA name of the form Area/City, such as Europe/Paris."
            .formatted(wrong),
        at(SUMMER),
        "get_current_time",
        json("{'timezone':'%s'}", wrong));
  }

  @ParameterizedTest
  @ValueSource(strings = {"24:00", "12:60", "noon", "12", "12:00:00", "-1:00"})
  void refusesWhatIsNoTimeOfDay(String wrong) {
    assertMistake(
        "'%s' is not a time of day. Give hours and minutes on the 24-hour clock, such as 14:30."
            .formatted(wrong),
        at(SUMMER),
        "convert_time",
        conversion("UTC", wrong, "UTC"));
  }

  @Test
  void namesAMissingArgument() {
    assertMistake(
        "The argument 'timezone' is missing; it must be a text.",
        at(SUMMER),
        "get_current_time",
        json("{}"));
  }

  @Test
  void namesAnArgumentOfAWrongType() {
    assertMistake(
        "The argument 'timezone' is 7; it must be a text.",
        at(SUMMER),
        "get_current_time",
        json("{'timezone':7}"));
  }

  @Test
  void describesBothToolsAsHarmless() {
    JsonNode tools = TimeTools.descriptions();

    assertEquals(2, tools.size());
    for (JsonNode tool : tools) {
      assertEquals(
          json(
              "{'readOnlyHint':true,'destructiveHint':false,"
                  + "'idempotentHint':true,'openWorldHint':false}"),
          tool.get("annotations"));
      assertEquals("object", tool.at("/inputSchema/type").asText());
      assertEquals("object", tool.at("/outputSchema/type").asText());
    }
  }

  private static TimeTools at(String instant) {
    return new TimeTools(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
  }

  private static JsonNode conversion(String from, String time, String to) {
    return json("{'source_timezone':'%s','time':'%s','target_timezone':'%s'}", from, time, to);
  }

  private static void assertMistake(
      String sentence, TimeTools tools, String tool, JsonNode arguments) {
    TimeMistake mistake = assertThrows(TimeMistake.class, () -> tools.call(tool, arguments));
    assertEquals(sentence, mistake.getMessage());
  }

  private static JsonNode json(String text, Object... values) {
    try {
      return new ObjectMapper().readTree(text.formatted(values).replace('\'', '"'));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
