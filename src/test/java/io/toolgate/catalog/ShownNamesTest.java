package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.problem.Mistake;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownNamesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private static SafeSchema shown(String schema) throws JsonProcessingException {
    SafeSchema shown = SafeSchema.of(JSON.readTree(schema));
    SafeProfile.check(shown.json());
    return shown;
  }

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) JSON.readTree(text);
  }

  private static String named(SafeSchema shown, String arguments) throws JsonProcessingException {
    List<Mistake> mistakes = new ArrayList<>();
    JsonNode named = shown.names().named(json(arguments), mistakes);
    return mistakes.isEmpty() ? named.toString().replace('"', '\'') : mistakes.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$and | and",
        "{{userName}} | userName",
        "a b | a_b",
        "a/b | a_b",
        "a~b | a_b",
        "größe | gr_e",
        "filter[status] | filter_status",
        "@type | type",
        "x:y | x_y",
      })
  void aRefusedNameIsShownAsWhatIsLeftOfIt(String own, String name) throws Exception {
    SafeSchema shown = shown("{'properties':{'" + own + "':{'type':'string'}}}");

    assertTrue(shown.json().get("properties").has(name), shown.json().toString());
    assertEquals("{'" + own + "':'v'}", named(shown, "{'" + name + "':'v'}"));
    assertEquals("{'" + own + "':'v'}", named(shown, "{'" + own + "':'v'}"));
    assertEquals(
        "/" + name, shown.names().pointer("/" + own.replace("~", "~0").replace("/", "~1")));
  }

  @Test
  void namesOfWhichNothingIsLeftOrThatAreTooLongAreShownToo() throws Exception {
    for (String own : List.of("", " ", "日本", "__$", "x".repeat(65), "é".repeat(300))) {
      SafeSchema shown = shown("{'properties':{'" + own + "':{'type':'string'}}}");

      String name = shown.json().get("properties").fieldNames().next();
      assertEquals("{'" + own + "':1}", named(shown, "{'" + name + "':1}"));
    }
  }

  @Test
  void aNameIsNoOtherPropertysWhateverTheOrder() throws Exception {
    String schema = "{'properties':{'$a':{},'a':{},'@a':{},'x':{'properties':{'$b':{},'b':{}}}}}";
    SafeSchema shown = shown(schema);
    SafeSchema again =
        shown("{'properties':{'x':{'properties':{'b':{},'$b':{}}},'@a':{},'a':{},'$a':{}}}");

    assertEquals(4, shown.json().get("properties").size());
    assertEquals(2, shown.json().at("/properties/x/properties").size());
    for (String own : List.of("$a", "@a", "$b")) {
      String name = shown.names().shown(own);
      assertTrue(name.matches("[ab]_[0-9a-f]{8}"), name);
      assertEquals(name, again.names().shown(own));
    }
    assertNotEquals(shown.names().shown("$a"), shown.names().shown("@a"));
    assertEquals("{'a':1}", named(shown, "{'a':1}"));
  }

  @Test
  void namesAreGivenBackAtEveryDepth() throws Exception {
    SafeSchema shown =
        shown(
            "{'properties':{'f':{'$ref':'#/$defs/F'},'list':{'type':'array','items':{'anyOf':["
                + "{'type':'string'},{'properties':{'$in':{'type':'array','items':{'properties':"
                + "{'a b':{}}}}}},{'properties':{'$nin':{}}}]}}},"
                + "'$defs':{'F':{'allOf':[{'properties':{'$eq':{}}}]}}}");

    assertEquals(
        "{'f':{'$eq':1,'free':{'eq':2}},'list':['x',{'$in':[{'a b':3}],'$nin':4},{'$in':5}]}",
        named(
            shown,
            "{'f':{'eq':1,'free':{'eq':2}},'list':['x',{'in':[{'a_b':3}],'nin':4},{'$in':5}]}"));
    assertEquals("/list/1/in/0/a_b", shown.names().pointer("/list/1/$in/0/a b"));
    assertEquals("/f/eq", shown.names().pointer("/f/$eq"));
    assertEquals("/f/free/$eq", shown.names().pointer("/f/free/$eq"));
  }

  @Test
  void keysOfTheCallersChoiceStay() throws Exception {
    SafeSchema shown =
        shown(
            "{'properties':{'q':{'properties':{'$or':{}}},"
                + "'free':{'additionalProperties':{'type':'string'}}}}");

    assertEquals("{'free':{'or':'x'},'or':1}", named(shown, "{'free':{'or':'x'},'or':1}"));
  }

  @Test
  void aPropertyUnderBothNamesIsAMistake() throws Exception {
    SafeSchema shown = shown("{'properties':{'f':{'properties':{'$or':{}}}}}");

    assertEquals(
        List.of(new Mistake("/f/or", "is the same as \"$or\"; give one of the two")).toString(),
        named(shown, "{'f':{'or':1,'$or':2}}"));
  }

  @Test
  void argumentsWithoutSuchNamesAreNotCopied() throws Exception {
    ObjectNode arguments = json("{'a':{'b':1}}");

    assertSame(
        arguments,
        shown("{'properties':{'a':{'properties':{'b':{}}}}}")
            .names()
            .named(arguments, new ArrayList<>()));
  }
}
