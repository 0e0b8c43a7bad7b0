package io.toolgate.scripted;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The options a server was started with. An unknown one ends the start, so a typo cannot pass. */
final class Options {
  private final Map<Option, List<String>> values = new EnumMap<>(Option.class);

  static Options parse(List<String> arguments) {
    Options options = new Options();
    for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
      String flag = words.next();
      Option option =
          Option.byFlag(flag)
              .orElseThrow(() -> new IllegalArgumentException("unknown option " + flag));
      String value = option.takesValue() ? words.next() : "";
      options.values.merge(
          option, List.of(value), (a, b) -> Stream.of(a, b).flatMap(List::stream).toList());
    }
    return options;
  }

  boolean has(Option option) {
    return values.containsKey(option);
  }

  List<String> all(Option option) {
    return values.getOrDefault(option, List.of());
  }

  Optional<String> text(Option option) {
    return all(option).stream().findFirst();
  }

  OptionalInt number(Option option) {
    return text(option).stream().mapToInt(Integer::parseInt).findFirst();
  }

  /** Zero when not given. */
  Duration duration(Option option) {
    return text(option).map(text -> Duration.parse("PT" + iso(text))).orElse(Duration.ZERO);
  }

  private static String iso(String text) {
    return text.endsWith("ms")
        ? Integer.parseInt(text.substring(0, text.length() - 2)) / 1000.0 + "s"
        : text;
  }
}
