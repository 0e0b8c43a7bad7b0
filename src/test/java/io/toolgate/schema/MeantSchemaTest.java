package io.toolgate.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeantSchemaTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private static MeantSchema meant(String schema) throws JsonProcessingException {
    return MeantSchema.of(JSON.readTree(schema));
  }

  private static String json(String schema) throws JsonProcessingException {
    return meant(schema).json().toString().replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "int Integer INTEGER long int64 | integer",
        "float Float double number num decimal | number",
        "str String STRING string text | string",
        "bool Boolean boolean | boolean",
        "list array tuple List | array",
        "dict object Dict map | object",
        "None null NoneType nil | null",
      })
  void aTypeMeansWhatItSaysInOtherLanguages(String names, String type) throws Exception {
    for (String name : names.split(" ")) {
      assertEquals("{'type':'" + type + "'}", json("{'type':'" + name + "'}"), name);
      assertEquals(List.of(), meant("{'type':'" + name + "'}").left(), name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['str','None'] | ['string','null']",
        "['string',null] | ['string','null']",
        "['int','integer'] | ['integer']",
      })
  void soDoSeveralTypes(String names, String types) throws Exception {
    assertEquals("{'type':" + types + "}", json("{'type':" + names + "}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'any'", "'Any'", "['string','any']"})
  void anyTypeIsNoType(String any) throws Exception {
    assertEquals("{'title':'x'}", json("{'type':" + any + ",'title':'x'}"));
    assertEquals(List.of(), meant("{'type':" + any + "}").left());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // members and elements
        "{'properties':{'a':5,'b':{'type':'string'}}} | {'properties':{'a':{},'b':{'type':'string'}}} | /properties/a",
        "{'properties':{'a':'string','b':null,'c':[1]}} | {'properties':{'a':{},'b':{},'c':{}}} | /properties/a, /properties/b, /properties/c",
        "{'$defs':{'a':7}} | {'$defs':{'a':{}}} | /$defs/a",
        "{'required':['a',5,null,'b']} | {'required':['a','b']} | /required/1, /required/2",
        "{'allOf':[{'minLength':1},null,7]} | {'allOf':[{'minLength':1}]} | /allOf/1, /allOf/2",
        "{'allOf':[null]} | {} | /allOf/0",
        "{'prefixItems':[null,{'minLength':1}]} | {'prefixItems':[{},{'minLength':1}]} | /prefixItems/0",
        "{'items':[{},7]} | {'items':[{},{}]} | /items/1",
        "{'dependentRequired':{'a':['b',7],'c':'d'}} | {'dependentRequired':{'a':['b']}} | /dependentRequired/a/1, /dependentRequired/c",
        "{'dependencies':{'a':['b'],'c':{'minProperties':1},'d':7}} | {'dependencies':{'a':['b'],'c':{'minProperties':1},'d':{}}} | /dependencies/d",
        // places
        "{'properties':{'a~/b':{'items':{'enum':null}}}} | {'properties':{'a~/b':{'items':{}}}} | /properties/a~0~1b/items/enum",
        "{'anyOf':[{'not':{'type':7}}]} | {'anyOf':[{}]} | /anyOf/0/not/type, /anyOf/0/not (something below it does not count)",
        "{'patternProperties':{'^x':{'minimum':'1'}}} | {'patternProperties':{'^x':{}}} | /patternProperties/^x/minimum",
        "{'if':{'minimum':null},'then':{'maximum':{}}} | {} | /if/minimum, /then/maximum, /if (something below it does not count)",
        // a type that none of the values has
        "{'type':'integer','enum':['1','2']} | {'enum':['1','2']} | /type (is the type of none of the values)",
        "{'type':['integer','null'],'enum':['1']} | {'enum':['1']} | /type (is the type of none of the values)",
        // patterns
        "{'pattern':'^\\\\\\\\d{3}$'} | {} | /pattern (is escaped twice)",
        "{'pattern':'^\\\\d+$','default':'abc'} | {'default':'abc'} | /pattern (fits none of its own values)",
        "{'pattern':'^x','examples':['ax','bx']} | {'examples':['ax','bx']} | /pattern (fits none of its own values)",
        "{'pattern':'^x','example':'ax'} | {'example':'ax'} | /pattern (fits none of its own values)",
        "{'pattern':'^x','enum':['a','b']} | {'enum':['a','b']} | /pattern (fits none of its own values)",
        "{'pattern':'^x','const':'a'} | {'const':'a'} | /pattern (fits none of its own values)",
        "{'properties':{'a':{'pattern':'^x'}},'examples':[{'a':'y'}]} | {'properties':{'a':{}},'examples':[{'a':'y'}]} | /properties/a/pattern (fits none of its own values)",
        "{'items':{'pattern':'^x'},'default':['y']} | {'items':{},'default':['y']} | /items/pattern (fits none of its own values)",
        "{'allOf':[{'pattern':'^x'}],'default':'y'} | {'allOf':[{}],'default':'y'} | /allOf/0/pattern (fits none of its own values)",
      })
  void whatCannotBeMeantIsLeftOut(String schema, String meant, String left) throws Exception {
    assertEquals(meant, json(schema));
    assertEquals(left, meant(schema).leftInWords().orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'pattern':'^\\\\d+$','default':'12'}",
        "{'pattern':'^x','examples':['a','x']}",
        "{'pattern':'^x','default':null}",
        "{'pattern':'^x','default':5}",
        "{'pattern':'^[A-Z]:\\\\\\\\'}",
        "{'pattern':'^\\\\\\\\\\\\\\\\host'}",
        "{'anyOf':[{'pattern':'^x'},{'pattern':'^y'}],'default':'y'}",
        "{'pattern':'(['}",
        "{'exclusiveMinimum':true,'minimum':1}",
        "{'properties':{'a':{'required':true}}}",
        "{'minLength':2.0}",
        "{'type':'integer','enum':[1.0]}",
        "{'const':null,'default':null,'enum':[null]}",
        "{'default':{'enum':null,'type':7},'enum':[{'type':7}],'const':{'properties':5}}",
        "{'x-own':{'type':7},'properties':{'enum':{},'type':{},'required':{}}}",
        "{'items':[]}",
        "true",
        "5",
        "null"
      })
  void whatCanBeMeantStaysAsItIs(String schema) throws Exception {
    JsonNode original = JSON.readTree(schema);

    assertSame(original, MeantSchema.of(original).json());
    assertEquals(List.of(), MeantSchema.of(original).left());
  }

  @Test
  void aPatternThatNeverEndsIsNotDoubted() throws Exception {
    String schema = "{'pattern':'(.*)(.*)(.*)(.*)(.*)(.*)z','default':'" + "a".repeat(200) + "'}";

    assertEquals(List.of(), meant(schema).left());
  }

  @Test
  void aSchemaIsReadHoweverDeepItIs() {
    JsonNode deep = JSON.createObjectNode().putNull("enum");
    for (int i = 0; i < 100_000; i++) {
      deep = JSON.createObjectNode().set("not", deep);
    }

    assertSame(deep, MeantSchema.of(deep).json());
  }

  @Test
  void ofManyPlacesTheFirstAreNamed() {
    ObjectNode schema = JSON.createObjectNode();
    ObjectNode properties = schema.putObject("properties");
    for (int i = 0; i < 15; i++) {
      properties.putNull("p" + i);
    }

    String words = MeantSchema.of(schema).leftInWords().orElse("");

    assertTrue(words.startsWith("/properties/p0, "), words);
    assertTrue(words.endsWith("/properties/p9 and 5 more"), words);
  }
}
