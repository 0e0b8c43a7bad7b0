package io.toolgate.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcmaPatternTest {

  @ParameterizedTest
  @MethodSource("matching")
  void matchesAsInEcmaScript(String pattern, String text) {
    assertTrue(EcmaPattern.of(pattern).matches(text));
  }

  static String[][] matching() {
    return new String[][] {
      {"b", "abc"},
      {"^[[]$", "["},
      {"^[a&&b]$", "&"},
      {"^[^\\]]+$", "abc"},
      {"^a[^]b$", "a\nb"},
      {"^https?:\\/\\/", "https://x"},
      {"^[\\w\\-.]+$", "a-b.c"},
      {"^\\u{1F600}$", "\uD83D\uDE00"},
      {"^\\u00e9$", "\u00E9"},
      {"^.$", "\uD83D\uDE00"},
      {"^.$", "\u0085"},
      {"^\\s$", "\uFEFF"},
      {"^[\\s\\S]*$", "a\n\u2028b"},
      {"^\\v$", "\u000B"},
      {"^{a}$", "{a}"},
      {"^\\${a}$", "${a}"},
      {"^a{2}$", "aa"},
      {"^(?<year>\\d{4})-\\k<year>$", "2020-2020"},
      {"^(?!.*--)[a-z-]+$", "a-b"},
      {"^\\p{Letter}+$", "\u00E9t\u00E9"},
      {"^\\p{Lu}$", "\u00C9"},
      {"^\\p{Alphabetic}$", "\u00E9"},
      {"(?i)^abc$", "ABC"},
      {"\\Aabc\\Z", "abc"},
    };
  }

  @ParameterizedTest
  @MethodSource("notMatching")
  void refusesAsInEcmaScript(String pattern, String text) {
    assertFalse(EcmaPattern.of(pattern).matches(text));
  }

  static String[][] notMatching() {
    return new String[][] {
      {"^a$", "a\n"},
      {"^b", "a\nb"},
      {"^\\d$", "\u0663"},
      {"^\\w$", "\u00E9"},
      {"^.$", "\u2028"},
      {"^\\v$", "\n"},
      {"[]", "a"},
      {"\\AabcZ", "abc\n"},
      {"abc\\Z", "abc\n"},
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a-", "(", "*", "(?P<x>a)", "\\p{Nonsense}", "a{2,1}", "\\"})
  void letsPassWhatIsNoPatternOfJava(String pattern) {
    assertTrue(EcmaPattern.of(pattern).matches("anything"));
  }

  @Test
  void letsPassATextThatIsTooLongForARecursiveMatcher() {
    assertTrue(EcmaPattern.of("^(?:a|b)+$").matches("ab".repeat(500_000)));
  }

  @Test
  void givesUpWhenTheBudgetIsSpent() {
    PatternBudget budget = PatternBudget.open();
    try {
      assertFalse(EcmaPattern.of("(.*)(.*)(.*)(.*)(.*)(.*)z").matches("a".repeat(200)));
      assertTrue(budget.isExhausted());
    } finally {
      PatternBudget.close();
    }
  }

  @Test
  void readsALongTextForFree() {
    PatternBudget budget = PatternBudget.open();
    try {
      assertTrue(EcmaPattern.of("^[a-z]*$").matches("a".repeat(5 * PatternBudget.STEPS)));
      assertEquals(false, budget.isExhausted());
    } finally {
      PatternBudget.close();
    }
  }
}
