package io.toolgate.call;

import static io.toolgate.call.Sample.check;
import static io.toolgate.call.Sample.checkOfA;
import static io.toolgate.call.Sample.json;
import static io.toolgate.call.Sample.mistake;
import static io.toolgate.call.Sample.mistakes;
import static io.toolgate.call.Sample.passes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.Await;
import io.toolgate.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No schema and no arguments make a check slow; unbounded, each of these takes hours. */
class ArgumentBoundsTest {
  private static final String SLOW = "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)z";

  @ParameterizedTest
  @ValueSource(strings = {"^(a+)+$", "^(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$"})
  void refusesByACatastrophicPatternQuickly(String pattern) {
    ArgumentCheck check = checkOfA("{'pattern':'" + pattern + "'}");
    soon(() -> mistake(check, "{'a':'" + "a".repeat(50) + "!'}"));
  }

  @Test
  void saysThatAPatternCouldNotBeChecked() {
    assertEquals(
        "/a could not be matched with the pattern "
            + SLOW
            + " in bounded time;"
            + " use a simpler value",
        mistake(checkOfA("{'pattern':'" + SLOW + "'}"), "{'a':'" + "a".repeat(900) + "'}"));
  }

  @Test
  void refusesWhatANegatedPatternCouldNotCheck() {
    assertEquals(
        " could not be matched with a pattern in bounded time",
        mistake(checkOfA("{'not':{'pattern':'" + SLOW + "'}}"), "{'a':'" + "a".repeat(900) + "'}"));
  }

  @Test
  void sharesTheBudgetAmongAllTextsOfACall() {
    ArgumentCheck check = checkOfA("{'items':{'pattern':'" + SLOW + "'}}");
    String texts = ("'" + "a".repeat(900) + "',").repeat(1_000);
    soon(() -> mistakes(check, "{'a':[" + texts + "'z']}"));
  }

  @Test
  void givesEachCallABudgetOfItsOwn() {
    ArgumentCheck check = checkOfA("{'pattern':'" + SLOW + "'}");
    mistakes(check, "{'a':'" + "a".repeat(900) + "'}");
    passes(check, "{'a':'xyz'}");
  }

  @Test
  void judgesUniqueItemsInLinearTime() {
    ArgumentCheck check = checkOfA("{'uniqueItems':true}");
    ObjectNode arguments = json("{}");
    ArrayNode list = arguments.putArray("a");
    for (int i = 0; i < 1 << 16; i++) {
      list.addObject().put("key", collidingText(i));
    }
    soon(() -> check.check(arguments));
  }

  /** A text per number, all with the same hash code. */
  private static String collidingText(int number) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 17; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  @Test
  void judgesAMillionBadElements() {
    ArgumentCheck check = checkOfA("{'items':{'anyOf':[{'type':'string'},{'type':'boolean'}]}}");
    ObjectNode arguments = json("{'a':[" + "1,".repeat(999_999) + "1]}");
    soon(
        () -> {
          ProblemException refusal =
              assertThrows(ProblemException.class, () -> check.check(arguments));
          assertEquals(20, refusal.mistakes().size());
        });
  }

  @Test
  void givesUpOnASchemaThatBranchesAtEveryLevel() {
    String branch = "{'type':'object','properties':{'a':{'$ref':'#/$defs/node'}}}";
    ArgumentCheck check =
        check("{'$ref':'#/$defs/node','$defs':{'node':{'anyOf':[" + branch + "," + branch + "]}}}");
    String deep = "{'a':".repeat(100) + "1" + "}".repeat(100);
    soon(
        () ->
            assertEquals(
                " is too complex to be checked; send fewer or simpler values",
                mistake(check, deep)));
  }

  private static void soon(Executable call) {
    assertTimeoutPreemptively(Await.LIMIT, call);
  }
}
