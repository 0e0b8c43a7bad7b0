package io.toolgate.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the two tools compute, from arguments and a clock alone.
 *
 * <p>A time of day without a date means today in the zone it is given in. A time that a clock
 * change skips that day is refused rather than moved; of a time that comes twice, the first is
 * meant.
 */
final class TimeTools {
  private static final Pattern TIME = Pattern.compile("([01]?[0-9]|2[0-3]):([0-5][0-9])");
  // ISO 8601 with a numeric offset, also for UTC.
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  private final Clock clock;

  TimeTools(Clock clock) {
    this.clock = clock;
  }

  /** The {@code tools} of {@code tools/list}. */
  static JsonNode descriptions() {
    try (InputStream tools = TimeTools.class.getResourceAsStream("tools.json")) {
      return new ObjectMapper().readTree(tools);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a tool.
   *
   * @return what its {@code outputSchema} describes
   */
  ObjectNode call(String tool, JsonNode arguments) throws RpcError, TimeMistake {
    return switch (tool) {
      case "get_current_time" -> moment(clock.instant().atZone(zone(arguments, "timezone")));
      case "convert_time" -> convert(arguments);
      default -> throw RpcError.invalidParams("There is no tool '" + tool + "'.");
    };
  }

  private ObjectNode convert(JsonNode arguments) throws TimeMistake {
    ZoneId from = zone(arguments, "source_timezone");
    ZoneId to = zone(arguments, "target_timezone");
    LocalDateTime wanted =
        clock.instant().atZone(from).toLocalDate().atTime(time(text(arguments, "time")));
    ZonedDateTime source = wanted.atZone(from);
    if (!source.toLocalDateTime().equals(wanted)) {
      throw new TimeMistake(
          "%s does not exist in %s on %s: the clocks are put forward over it."
              .formatted(wanted.toLocalTime(), from, wanted.toLocalDate()));
    }
    ZonedDateTime target = source.withZoneSameInstant(to);
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.set("source", moment(source));
    result.set("target", moment(target));
    return result.put(
        "time_difference",
        hours(target.getOffset().getTotalSeconds() - source.getOffset().getTotalSeconds()));
  }

  private static ObjectNode moment(ZonedDateTime time) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("timezone", time.getZone().getId())
        .put("datetime", time.format(ISO))
        .put("day_of_week", time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
        .put("is_dst", time.getZone().getRules().isDaylightSavings(time.toInstant()));
  }

  /** For example {@code +9.0h}, {@code -3.5h}, {@code +5.75h}: one or two decimals. */
  private static String hours(int seconds) {
    String hours = String.format(Locale.ROOT, "%+.2f", seconds / 3600.0);
    return (hours.endsWith("0") ? hours.substring(0, hours.length() - 1) : hours) + "h";
  }

  private static ZoneId zone(JsonNode arguments, String argument) throws TimeMistake {
    return Zones.byName(text(arguments, argument));
  }

  private static LocalTime time(String text) throws TimeMistake {
    Matcher time = TIME.matcher(text.strip());
    if (!time.matches()) {
      throw new TimeMistake(
          "'%s' is not a time of day. Give hours and minutes on the 24-hour clock, such as 14:30."
              .formatted(text));
    }
    return LocalTime.of(Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2)));
  }

  private static String text(JsonNode arguments, String argument) throws TimeMistake {
    JsonNode value = arguments.path(argument);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new TimeMistake(
          "The argument '%s' is %s; it must be a text."
              .formatted(argument, value.isMissingNode() ? "missing" : value));
    }
    return value.textValue();
  }
}
