package io.toolgate.call;

import static io.toolgate.call.Sample.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.catalog.Parameters;
import io.toolgate.problem.Mistake;
import io.toolgate.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments as the document asks for them reach the tool as its own schema has them. */
class ShownArgumentsTest {

  /** What is sent for a body; or the mistakes. */
  private static String sent(String schema, String body) {
    Parameters parameters = Parameters.of(Sample.value(schema));
    try {
      return ArgumentCheck.compile(parameters)
          .check(new Arguments(parameters).in(json(body)))
          .toString()
          .replace('"', '\'');
    } catch (ProblemException refusal) {
      StringBuilder text = new StringBuilder();
      for (Mistake mistake : refusal.mistakes()) {
        text.append(text.isEmpty() ? "" : "; ").append(mistake.pointer()).append(' ');
        text.append(mistake.detail());
      }
      return text.toString();
    }
  }

  /** Deeper than any document shows it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6, 12, 30})
  void aNameIsNamedBackHoweverDeepASchemaGoesOn(int depth) {
    String schema =
        "{'type':'object','properties':{'filter':{'$ref':'#/$defs/f'}},'$defs':{'f':{'type':'object',"
            + "'properties':{'$and':{'type':'array','items':{'$ref':'#/$defs/f'}},"
            + "'field':{'type':'string'}},'additionalProperties':false}}}";
    String shown = "{'and':[".repeat(depth) + "{'field':'x'}" + "]}".repeat(depth);

    assertEquals(
        "{'filter':" + shown.replace("'and'", "'$and'") + "}",
        sent(schema, "{'filter':" + shown + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "{}",
        "{'$schema':'http://json-schema.org/draft-07/schema#'}",
        "{'type':'object'}",
        "{'type':'object','additionalProperties':true}",
        "'garbage'"
      })
  void ofAToolThatNamesNoArgumentsTheyAreTakenAsTextOrAsTheyAre(String schema) {
    String expected = "{'a':1,'b':{'c':'d'}}";

    assertEquals(expected, sent(schema, "{'arguments':'" + escaped(expected) + "'}"));
    assertEquals(expected, sent(schema, "{'arguments':" + expected + "}"));
    assertEquals(expected, sent(schema, expected));
    for (String nothing :
        new String[] {
          "{}",
          "{'arguments':''}",
          "{'arguments':' '}",
          "{'arguments':'{}'}",
          "{'arguments':{}}",
          "{'arguments':null}"
        }) {
      assertEquals("{}", sent(schema, nothing), nothing);
    }
    for (String noObject : new String[] {"[1,2]", "5", "true", "1.50", "[]"}) {
      assertEquals(
          sent(schema, "{'arguments':'" + noObject + "'}"),
          sent(schema, "{'arguments':" + noObject + "}"));
    }
    assertEquals(
        "/arguments must be a JSON object, as text or as it is, but its text must be a JSON object"
            + " with the arguments of the tool, but is an array.",
        sent(schema, "{'arguments':[1,2]}"));
    assertEquals("{'a':1,'b':2}", sent(schema, "{'arguments':'{\\u0022a\\u0022:1}','b':2}"));
    assertEquals("{'b':2}", sent(schema, "{'arguments':null,'b':2}"));
    assertEquals(
        "/b~1 is given in \"arguments\" too; give it once",
        sent(schema, "{'arguments':'{\\u0022b/\\u0022:1}','b/':2}"));
  }

  private static String escaped(String text) {
    return text.replace("'", "\\u0022");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no JSON | its text is not valid JSON: there is a mistake (line 1, column 1).",
        "[1] | its text must be a JSON object with the arguments of the tool, but is an array.",
        "{\\u0022a\\u0022: | its text ends before its JSON is complete.",
        "{a: 1} | its text is not valid JSON: there is a mistake (line 1, column 2).",
      })
  void aTextThatHoldsNoObjectIsRefused(String text, String why) {
    String refusal = sent("{}", "{'arguments':'" + text + "'}");

    assertEquals("/arguments must be a JSON object, as text or as it is, but " + why, refusal);
  }

  @Test
  void argumentsAsTextAreJudgedByTheSchema() {
    assertEquals(
        "/a must be a string but is the number 1",
        sent("{'additionalProperties':{'type':'string'}}", "{'arguments':'{\\u0022a\\u0022:1}'}"));
  }

  @Test
  void anArgumentNamedArgumentsOfTheToolIsItsOwn() {
    assertEquals(
        "{'arguments':'{}'}",
        sent("{'properties':{'arguments':{'type':'string'}}}", "{'arguments':'{}'}"));
    assertEquals(
        "/arguments must be an object but is the string \"{}\"; give the value itself, without"
            + " quotes around it",
        sent("{'properties':{'arguments':{'type':'object'}}}", "{'arguments':'{}'}"));
    assertEquals("{'arguments':'{}'}", sent("{'properties':{'a':{}}}", "{'arguments':'{}'}"));
  }

  @Test
  void anArgumentThatIsShownAsArgumentsIsNoWrapper() {
    assertEquals(
        "{'$arguments':{'a':1}}",
        sent("{'properties':{'$arguments':{'type':'object'}}}", "{'arguments':{'a':1}}"));
  }

  private static final String FILTERS =
      "{'type':'object','properties':{'filters':{'type':'object','properties':{"
          + "'$and':{'type':'array','items':{'type':'object','properties':{'$eq':{'type':'string'},"
          + "'and':{'type':'integer'}},'additionalProperties':false}},"
          + "'{{user}}':{'type':'string'}},'required':['{{user}}']},'$top':{'type':'integer'}},"
          + "'dependentRequired':{'$top':['filters']},'additionalProperties':false}";

  @Test
  void namesGoBackAndMistakesNameWhatIsShown() {
    String and = Parameters.of(json(FILTERS)).names().shown("$and");

    assertEquals(
        "{'filters':{'$and':[{'$eq':'x','and':1}],'{{user}}':'u'},'$top':3}",
        sent(FILTERS, "{'filters':{'%s':[{'eq':'x','and':1}],'user':'u'},'top':3}".formatted(and)));
    assertEquals(
        "{'filters':{'$and':[{'$eq':'x'}],'{{user}}':'u'}}",
        sent(FILTERS, "{'filters':{'$and':[{'$eq':'x'}],'{{user}}':'u'}}"));
    assertEquals("/filters/user is required", sent(FILTERS, "{'filters':{}}"));
    assertEquals(
        "/filters/" + and + "/0/eq must be a string but is the number 1",
        sent(FILTERS, "{'filters':{'%s':[{'eq':1}],'user':'u'}}".formatted(and)));
    assertEquals(
        "/filters/"
            + and
            + "/0/ep is not a known property, did you mean \"eq\"? known are eq, and"
                .replace("? ", "?; "),
        sent(FILTERS, "{'filters':{'%s':[{'ep':'x'}],'user':'u'}}".formatted(and)));
    assertEquals("/filters is required when \"top\" is given", sent(FILTERS, "{'top':3}"));
    assertEquals(
        "/top is the same as \"$top\"; give one of the two", sent(FILTERS, "{'top':3,'$top':3}"));
  }

  @Test
  void aNameThatIsShownKeepsTheWrapperOn() {
    assertEquals(
        "/arguments is not a known argument; known are filters, top",
        sent(FILTERS, "{'arguments':{'top':3},'top':4}").replaceFirst("^/filters [^;]*; ", ""));
  }

  @Test
  void aNullThatIsRefusedIsLeftOutUnderAnotherNameToo() {
    assertEquals("{}", sent("{'properties':{'$a':{'type':'string'}}}", "{'a':null}"));
  }
}
