package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "30, PT30S",
    "1.5, PT1.5S",
    "5m, PT5M",
    "' 5 M ', PT5M",
    "1h, PT1H",
    "0.5h, PT30M",
    "24h, PT24H",
    "1.1s, PT1.1S",
    "0.2ms, PT0.001S",
  })
  void readsTimesWithUnits(String text, Duration time) {
    assertEquals(Optional.of(time), Times.seconds(text).flatMap(Times::ofSeconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5 parsecs", "-1", "1e3", "s", "5 m s", "1,5", "9999999999", "٣s"})
  void refusesWhatIsNoTime(String text) {
    assertEquals(Optional.empty(), Times.seconds(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "86400.001", "1e99999", "-1e99999"})
  void refusesTimesOutOfRange(String seconds) {
    assertEquals(Optional.empty(), Times.ofSeconds(new BigDecimal(seconds)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-999999999", "0.0001"})
  void roundsUpToAMillisecond(String seconds) {
    assertEquals(Optional.of(Duration.ofMillis(1)), Times.ofSeconds(new BigDecimal(seconds)));
  }
}
