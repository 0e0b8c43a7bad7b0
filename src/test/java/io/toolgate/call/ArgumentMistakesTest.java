package io.toolgate.call;

import static io.toolgate.call.Sample.check;
import static io.toolgate.call.Sample.checkOfA;
import static io.toolgate.call.Sample.mistake;
import static io.toolgate.call.Sample.mistakes;
import static io.toolgate.call.Sample.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.problem.Mistake;
import io.toolgate.problem.ProblemException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentMistakesTest {

  @Test
  void pointsAtAMissingArgument() {
    assertEquals("/a is required", mistake(check("{'required':['a']}"), "{}"));
  }

  @Test
  void pointsIntoListsAndObjects() {
    ArgumentCheck check = check("{'properties':{'list':{'items':{'required':['name']}}}}");
    assertEquals("/list/1/name is required", mistake(check, "{'list':[{'name':1},{}]}"));
  }

  @Test
  void escapesPointers() {
    assertEquals(
        "/a~1b~0c must be a string but is the number 1",
        mistake(check("{'additionalProperties':{'type':'string'}}"), "{'a/b~c':1}"));
  }

  @Test
  void namesTheKnownArgumentsForAnUnknownOne() {
    ArgumentCheck check =
        check("{'properties':{'path':{},'maxDepth':{}},'additionalProperties':false}");
    assertEquals("/x is not a known argument; known are path, maxDepth", mistake(check, "{'x':1}"));
  }

  @Test
  void guessesWhichArgumentWasMeant() {
    ArgumentCheck check =
        check("{'properties':{'path':{},'maxDepth':{}},'additionalProperties':false}");
    assertEquals(
        "/max_depth is not a known argument, did you mean \"maxDepth\"?;"
            + " known are path, maxDepth",
        mistake(check, "{'max_depth':1}"));
  }

  @Test
  void namesTheKnownArgumentsOfUnevaluatedProperties() {
    ArgumentCheck check =
        check("{'allOf':[{'properties':{'a':{}}}],'unevaluatedProperties':false}");
    assertEquals("/x is not a known argument; known are a", mistake(check, "{'x':1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'string'} | 5 | must be a string but is the number 5",
        "{'type':['string','null']} | {} | must be a string or null but is an empty object",
        "{'type':'integer'} | 1.5 | must be an integer but is the number 1.5",
        "{'type':'boolean'} | [1] | must be true or false but is an array",
        "{'type':'string','enum':['x']} | 5 | must be \"x\" but is the number 5",
        "{'enum':['left','right',3]} | 'up' "
            + "| must be one of \"left\", \"right\", 3 but is the string \"up\"",
        "{'enum':['left','right']} | 'LEFT' | must be one of \"left\", \"right\""
            + " (did you mean \"left\"?) but is the string \"LEFT\"",
        "{'const':5} | 6 | must be 5 but is the number 6",
        "{'minimum':3} | 2 | must be at least 3 but is 2",
        "{'maximum':3} | 4 | must be at most 3 but is 4",
        "{'exclusiveMinimum':3} | 3 | must be more than 3 but is 3",
        "{'exclusiveMaximum':3} | 3 | must be less than 3 but is 3",
        "{'multipleOf':5} | 7 | must be a multiple of 5 but is 7",
        "{'minLength':1} | '' | must have at least 1 character but has 0",
        "{'maxLength':2} | 'abc' | must have at most 2 characters but has 3",
        "{'pattern':'^x'} | 'abc' | must match the pattern ^x but is the string \"abc\"",
        "{'minItems':1} | [] | must have at least 1 element but has 0",
        "{'maxItems':1} | [1,2] | must have at most 1 element but has 2",
        "{'minProperties':2} | {} | must have at least 2 properties but has 0",
        "{'maxProperties':0} | {'x':1} | must have at most 0 properties but has 1",
        "{'uniqueItems':true} | [1,2,1.0] "
            + "| must not have equal elements, but elements 0 and 2 are",
        "{'not':{'type':'string'}} | 'x' | is a value that is excluded here",
        "false | 1 | is not allowed here",
      })
  void saysWhatIsExpectedAndWhatIsThere(String schema, String value, String detail) {
    assertEquals("/a " + detail, mistake(checkOfA(schema), "{'a':" + value + "}"));
  }

  @Test
  void saysThatAValueIsInQuotes() {
    assertEquals(
        "/a must be a number but is the string \"5\"; give the value itself, without quotes around"
            + " it",
        mistake(checkOfA("{'type':'number'}"), "{'a':'5'}"));
  }

  @Test
  void saysWhichArgumentNeedsAnother() {
    assertEquals(
        "/b is required when \"a\" is given",
        mistake(check("{'dependentRequired':{'a':['b']}}"), "{'a':1}"));
  }

  @Test
  void tellsAllMistakesAtOnce() {
    ArgumentCheck check =
        check("{'properties':{'b':{'enum':['x','y']}},'required':['a'],'type':'object'}");
    assertEquals(
        "2 arguments do not fit: /b must be one of \"x\", \"y\" but is the number 1;"
            + " /a is required",
        refusal(check, "{'b':1}").detail());
  }

  @Test
  void showsAtMostFortyCharactersOfAnArgument() {
    String detail =
        refusal(checkOfA("{'type':'number'}"), "{'a':'" + "x".repeat(999) + "'}").detail();
    assertEquals(37, detail.chars().filter(c -> c == 'x').count(), detail);
  }

  @Test
  void boundsTheNumberAndLengthOfMistakes() {
    String names =
        IntStream.range(0, 500)
            .mapToObj(i -> "'" + i + "x".repeat(400) + "'")
            .collect(Collectors.joining(","));
    ArgumentCheck check =
        check("{'required':[" + names + "],'properties':{'a':{'enum':[" + names + "]}}}");
    ProblemException refusal = refusal(check, "{'a':1}");
    assertEquals(20, refusal.mistakes().size());
    assertTrue(refusal.mistakes().stream().allMatch(m -> m.detail().length() <= 300));
    assertTrue(refusal.detail().length() <= 500, refusal.detail());
    assertTrue(refusal.detail().startsWith("More than 20 arguments do not fit: /a must be one of"));
  }

  @Test
  void boundsThePointerOfALongKey() {
    ProblemException refusal =
        refusal(check("{'additionalProperties':false}"), "{'" + "k".repeat(99_999) + "':1}");
    assertTrue(refusal.mistakes().get(0).pointer().length() <= 300);
    assertTrue(refusal.detail().length() <= 500);
  }

  @Test
  void namesTheKindsOfAChoice() {
    assertEquals(
        "/a must be a string or an array or null but is the number 5",
        mistake(
            checkOfA("{'anyOf':[{'type':'string'},{'type':'array'},{'type':'null'}]}"), "{'a':5}"));
  }

  @Test
  void tellsTheMistakesOfTheBranchThatWasMeant() {
    assertEquals(
        "/a/0 must be a string but is the number 1",
        mistake(
            checkOfA(
                "{'anyOf':[{'type':'string'},{'type':'array','items':{'type':'string'}},"
                    + "{'anyOf':[{'type':'null'},{'type':'object'}]}]}"),
            "{'a':[1]}"));
  }

  @Test
  void tellsEveryMistakeOfTheBranchThatWasMeant() {
    ArgumentCheck check =
        checkOfA("{'anyOf':[{'type':'string'},{'type':'object','required':['x','y']}]}");
    assertEquals(
        List.of(new Mistake("/a/x", "is required"), new Mistake("/a/y", "is required")),
        mistakes(check, "{'a':{}}"));
  }

  @Test
  void findsTheBranchByItsConstant() {
    List<Mistake> mistakes =
        mistakes(checkOfA("{'items':" + SHAPES + "}"), "{'a':[{'kind':'disc'},{'kind':'box'}]}");
    assertEquals(
        List.of(
            new Mistake("/a/0/radius", "is required"), new Mistake("/a/1/width", "is required")),
        mistakes);
  }

  @Test
  void namesTheConstantsWhenNoBranchWasMeant() {
    assertEquals(
        "/a/kind must be \"disc\" or \"box\" but is the string \"cone\"",
        mistake(checkOfA(SHAPES), "{'a':{'kind':'cone'}}"));
  }

  @Test
  void tellsTheFormsWhenNoneIsNearer() {
    assertEquals(
        " fits none of the allowed forms: /a is required; or /b is required",
        mistake(check("{'anyOf':[{'required':['a']},{'required':['b']}]}"), "{}"));
  }

  @Test
  void saysThatAValueFitsSeveralForms() {
    assertEquals(
        "/a fits several of the allowed forms at once, but must fit exactly one",
        mistake(checkOfA("{'oneOf':[{'type':'string'},{'minLength':1}]}"), "{'a':'xx'}"));
  }

  @Test
  void isNotConfusedByPropertiesNamedLikeKeywords() {
    assertEquals(
        "/anyOf/items must be a string but is the number 1",
        mistake(
            check(
                "{'properties':{'anyOf':{'anyOf':[{'properties':{'items':{'type':'string'}}},"
                    + "{'type':'null'}]}}}"),
            "{'anyOf':{'items':1}}"));
  }

  private static final String SHAPES =
      "{'oneOf':[{'properties':{'kind':{'const':'disc'}},'required':['kind','radius']},"
          + "{'properties':{'kind':{'const':'box'}},'required':['kind','width']}]}";
}
