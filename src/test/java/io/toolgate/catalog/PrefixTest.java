package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {
  @ParameterizedTest
  @CsvSource({
    "x, x_",
    "x_, x_",
    "x-, x-",
    "X9, X9_",
    "_, _",
    "a-b_c, a-b_c_",
    "'', ''",
    "a2345678901234567890123456789012, a2345678901234567890123456789012_",
  })
  void endsWithASeparator(String given, String text) {
    assertEquals(text, new Prefix(given).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9x",
        "-x",
        "a b",
        "a.b",
        "a/b",
        "grün",
        " x",
        "x\n",
        "\0",
        "a23456789012345678901234567890123"
      })
  void isRefusedWhereNoOperationIdMayBeginSo(String given) {
    ProblemException refusal = assertThrows(ProblemException.class, () -> new Prefix(given));

    assertEquals(Problem.MALFORMED_QUERY, refusal.problem());
    assertTrue(refusal.detail().contains("?prefix="), refusal.detail());
  }
}
