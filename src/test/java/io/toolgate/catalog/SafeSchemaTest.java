package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the safe profile, one test each; schemas are written with single quotes. */
class SafeSchemaTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  /** A tool of which the schema names no arguments. */
  private static final String ANY_ARGUMENTS =
      "{'type':'object','properties':{'arguments':{'type':'string','description':"
          + "'The arguments of the tool: a JSON object, written as text.'}},'required':['arguments']}";

  @Test
  void keepsAnOrdinarySchema() {
    assertShown(
        "{'type':'object','properties':{'a':{'type':'string','description':'The a'}},"
            + "'required':['a'],'$schema':'http://json-schema.org/draft-07/schema#',"
            + "'additionalProperties':false}",
        "{'type':'object','properties':{'a':{'type':'string','description':'The a'}},"
            + "'required':['a']}");
  }

  @Test
  void showsArgumentsOfWhichTheSchemaNamesNoneAsOneText() {
    assertEquals(json(ANY_ARGUMENTS), SafeSchema.of(JSON.missingNode()).json());
    for (String schema :
        List.of(
            "null",
            "true",
            "{}",
            "{'$schema':'http://json-schema.org/draft-07/schema#'}",
            "{'type':'object'}",
            "{'type':['object','null']}",
            "{'type':'object','additionalProperties':true}",
            "{'type':'object','properties':{},'additionalProperties':true}",
            "{'type':'object','properties':{},'additionalProperties':{}}")) {
      assertShown(schema, ANY_ARGUMENTS);
      assertTrue(SafeSchema.of(json(schema)).text(), schema);
      assertEquals(List.of(), SafeSchema.of(json(schema)).notes(), schema);
    }
  }

  @Test
  void saysOfArgumentsAsOneTextWhatTheSchemaSays() {
    JsonNode shown =
        SafeSchema.of(
                json(
                    "{'description':'Filters.','additionalProperties':{'type':'string'},"
                        + "'patternProperties':{'^x':{'type':'integer'}}}"))
            .json();

    assertEquals(
        "The arguments of the tool: a JSON object, written as text. Filters. Accepts further keys"
            + " of any name, each with a value of this kind: string or integer.",
        shown.at("/properties/arguments/description").asText());
  }

  @Test
  void showsNothingWhereTheSchemaSaysThatThereIsNothing() {
    for (String schema :
        List.of(
            "false",
            "{'type':'object','properties':{}}",
            "{'type':'object','properties':{},'required':[]}",
            "{'type':'object','properties':{},'additionalProperties':false}",
            "{'type':'object','additionalProperties':false}",
            "{'type':'object','unevaluatedProperties':false}",
            "{'$ref':'#/$defs/X','$defs':{'X':{'type':'object','properties':{}}}}",
            "{'allOf':[{'properties':{}},{'type':'object'}]}",
            "{'properties':{'a':false}}")) {
      assertShown(schema, "{'type':'object','properties':{}}");
      assertFalse(SafeSchema.of(json(schema)).text(), schema);
    }
  }

  @Test
  void showsAnAnswerOfWhichTheSchemaNamesNothingAsAnObject() {
    assertEquals(
        json("{'type':'object','properties':{}}"),
        SafeSchema.ofOutput(json("{'type':'object'}")).json());
  }

  @Test
  void showsGarbageAsOneTextAndANote() {
    for (String garbage : List.of("'text'", "42", "[1]")) {
      SafeSchema shown = SafeSchema.of(json(garbage));

      assertEquals(json(ANY_ARGUMENTS), shown.json());
      assertEquals(1, shown.notes().size(), garbage);
    }
  }

  @Test
  void addsPropertiesToAnObjectThatHasNone() {
    assertEquals(
        json("{'type':'object','properties':{},'description':'Accepts any keys.'}"),
        parameter("o", "{'type':'object'}"));
  }

  @Test
  void theRootIsAnObjectWhateverItSays() {
    assertShown(
        "{'type':'string','properties':{'a':{'type':'string'}}}",
        "{'type':'object','properties':{'a':{'type':'string'}}}");
  }

  @Test
  void takesTheTitleForAMissingDescription() {
    assertEquals(
        "The title",
        parameter("a", "{'type':'string','title':'The title'}").get("description").asText());
  }

  @Test
  void doesNotRepeatANameAsItsDescription() {
    for (String nothing :
        List.of(
            "{'type':'string'}",
            "{'type':'string','description':'  '}",
            "{'type':'string','description':42}",
            "{'type':'string','title':'max_results'}",
            "{'type':'string','title':'Max Results'}",
            "{'type':'string','title':'maxResults'}")) {
      assertFalse(parameter("max_results", nothing).has("description"), nothing);
    }
    assertEquals(
        "Default: 5.",
        parameter("max_results", "{'type':'integer','title':'Max Results','default':5}")
            .get("description")
            .asText());
  }

  @Test
  void keepsAHugeDescription() {
    String huge = "x".repeat(100_000);

    String description =
        parameter("a", "{'type':'string','description':'" + huge + "'}")
            .get("description")
            .asText();

    assertEquals(huge, description);
  }

  @Test
  void repeatsEnumInTheDescription() {
    assertEquals(
        json(
            "{'type':'string','enum':['x','y'],'description':'One of: \\'x\\', \\'y\\'.'}"
                .replace("\\'", "\\\"")),
        parameter("a", "{'type':'string','enum':['x','y']}"));
  }

  @Test
  void repeatsDefaultInTheDescription() {
    assertEquals(
        json("{'type':'integer','description':'Limit. Default: 5.','default':5}"),
        parameter("a", "{'type':'integer','description':'Limit','default':5}"));
  }

  @Test
  void leavesOutADefaultOfNull() {
    assertFalse(parameter("a", "{'type':'string','default':null}").has("default"));
  }

  @Test
  void leavesOutADefaultThatHoldsAReference() {
    assertFalse(parameter("a", "{'type':'object','default':{'$ref':'#'}}").has("default"));
  }

  @Test
  void repeatsFormatInTheDescription() {
    assertEquals(
        json("{'type':'string','format':'date','description':'Day! Format: date.'}"),
        parameter("a", "{'type':'string','format':'date','description':'Day!'}"));
  }

  @Test
  void repeatsRangesInTheDescription() {
    assertEquals("Range: 1 to 10.", words("{'type':'number','minimum':1,'maximum':10}"));
    assertEquals("At least 1.", words("{'type':'number','minimum':1}"));
    assertEquals("Greater than 0.", words("{'type':'number','exclusiveMinimum':0}"));
    assertEquals("At most 7 characters.", words("{'type':'string','maxLength':7}"));
    assertEquals(
        "Range: 2 to 3 items.",
        words("{'type':'array','items':{'type':'string'},'minItems':2,'maxItems':3}"));
  }

  @Test
  void understandsTheBooleanExclusiveMinimumOfDraft4() {
    assertEquals(
        json("{'type':'number','exclusiveMinimum':1,'description':'Greater than 1.'}"),
        parameter("a", "{'type':'number','minimum':1,'exclusiveMinimum':true}"));
  }

  @Test
  void saysNothingTwice() {
    String once = words("{'type':'integer','default':5,'minimum':1}");

    assertEquals(
        once, words("{'type':'integer','default':5,'minimum':1,'description':'" + once + "'}"));
  }

  @Test
  void keepsExamples() {
    assertEquals(
        json("['x']"), parameter("a", "{'type':'string','examples':['x']}").get("examples"));
    assertFalse(parameter("a", "{'type':'string','examples':'x'}").has("examples"));
  }

  @Test
  void showsSeveralTypesAsAnyOf() {
    assertEquals(
        json("{'anyOf':[{'type':'string'},{'type':'boolean'}]}"),
        parameter("a", "{'type':['string','boolean']}"));
  }

  @Test
  void showsTypeOrNullAsTheTypeAndNotRequired() {
    assertShown(
        "{'properties':{'a':{'type':['string','null']}},'required':['a']}",
        "{'type':'object','properties':{'a':{'type':'string'}}}");
  }

  @Test
  void showsAnyOfTypeAndNullAsTheTypeAndNotRequired() {
    assertShown(
        "{'properties':{'a':{'anyOf':[{'type':'string','maxLength':3},{'type':'null'}]}},'required':['a']}",
        "{'type':'object','properties':{'a':{'type':'string','maxLength':3,"
            + "'description':'At most 3 characters.'}}}");
  }

  @Test
  void doesNotRequireWhatIsNullable() {
    assertShown(
        "{'properties':{'a':{'type':'string','nullable':true}},'required':['a']}",
        "{'type':'object','properties':{'a':{'type':'string'}}}");
  }

  @Test
  void takesNullOutOfAnEnum() {
    assertShown(
        "{'properties':{'a':{'enum':['x',null]}},'required':['a']}",
        "{'type':'object','properties':{'a':{'type':'string','enum':['x'],"
            + "'description':'Always \\\"x\\\".'}}}");
  }

  @Test
  void leavesOutWhatCanOnlyBeNull() {
    assertShown(
        "{'properties':{'a':{'type':'null'}},'required':['a']}",
        "{'type':'object','properties':{}}");
  }

  @Test
  void showsAFreeValueAsAStringThatAcceptsAnyJson() {
    String free = "{'type':'string','description':'Any JSON is accepted.'}";

    assertEquals(json(free), parameter("a", "{}"));
    assertEquals(json(free), parameter("a", "true"));
    assertEquals(json(free), parameter("a", "'garbage'"));
  }

  @Test
  void leavesOutAPropertyThatIsFalse() {
    assertShown(
        "{'properties':{'a':false,'b':{'type':'string'}},'required':['a','b']}",
        "{'type':'object','properties':{'b':{'type':'string'}},'required':['b']}");
  }

  @Test
  void showsConstAsItsOnlyValue() {
    assertEquals(
        json("{'type':'integer','description':'Always 3.'}"), parameter("a", "{'const':3}"));
  }

  @Test
  void typesAnEnumByItsValues() {
    assertEquals("string", parameter("a", "{'enum':['x']}").get("type").asText());
    assertEquals("integer", parameter("a", "{'enum':[1,2]}").get("type").asText());
    assertEquals("number", parameter("a", "{'enum':[1,2.5]}").get("type").asText());
    assertEquals("boolean", parameter("a", "{'enum':[true]}").get("type").asText());
  }

  @Test
  void putsValuesThatAreNoTextsIntoWords() {
    for (String[] row :
        new String[][] {
          {"{'type':'boolean','enum':[true,false]}", "boolean", "One of: true, false."},
          {"{'enum':[1,2,3]}", "integer", "One of: 1, 2, 3."},
          {"{'type':'number','enum':[0.5,1]}", "number", "One of: 0.5, 1."},
          {"{'type':'string','enum':['']}", "string", "Always ''."},
          {"{'const':false}", "boolean", "Always false."},
          {"{'oneOf':[{'const':1},{'const':-1}]}", "integer", "One of: 1, -1."},
        }) {
      JsonNode shown = parameter("a", row[0]);
      assertFalse(shown.has("enum"), row[0]);
      assertEquals(row[1], shown.get("type").asText());
      assertEquals(row[2].replace('\'', '"'), shown.get("description").asText());
    }
  }

  @Test
  void putsAnEmptyTextIntoWords() {
    JsonNode shown = parameter("a", "{'enum':['','x']}");

    assertEquals(json("['x']"), shown.get("enum"));
    assertEquals("One of: \"\", \"x\".", shown.get("description").asText());
  }

  @Test
  void showsAnEnumOfSeveralTypesAsAnyOf() {
    assertEquals(
        json("[{'type':'string','enum':['x']},{'type':'integer'}]"),
        parameter("a", "{'enum':['x',1]}").get("anyOf"));
  }

  @Test
  void typesASchemaByItsOtherKeywords() {
    assertEquals(
        "object", parameter("a", "{'properties':{}, 'required':['x']}").get("type").asText());
    assertEquals("array", parameter("a", "{'items':{'type':'string'}}").get("type").asText());
    assertEquals("string", parameter("a", "{'format':'uri'}").get("type").asText());
    assertEquals("number", parameter("a", "{'minimum':1}").get("type").asText());
  }

  @Test
  void showsOneOfAsAnyOf() {
    assertEquals(
        json("[{'type':'string'},{'type':'integer'}]"),
        parameter("a", "{'oneOf':[{'type':'string'},{'type':'integer'}]}").get("anyOf"));
  }

  @Test
  void flattensNestedAlternatives() {
    assertEquals(
        json("[{'type':'string'},{'type':'integer'},{'type':'boolean'}]"),
        parameter(
                "a",
                "{'anyOf':[{'type':'string'},{'oneOf':[{'type':'integer'},{'type':'boolean'},"
                    + "{'type':'string'}]}]}")
            .get("anyOf"));
  }

  @Test
  void unitesAlternativeConstants() {
    assertEquals(
        json("['x','y']"),
        parameter("a", "{'oneOf':[{'const':'x','title':'Ex'},{'const':'y'}]}").get("enum"));
    assertTrue(words("{'oneOf':[{'const':'x','title':'Ex'},{'const':'y'}]}").contains("\"x\": Ex"));
  }

  @Test
  void givesAlternativesTheTypeBesideThem() {
    assertEquals(
        json(
            "[{'type':'string','format':'date','description':'Format: date.'},"
                + "{'type':'string','format':'uri','description':'Format: uri.'}]"),
        parameter(
                "a",
                "{'type':'string','anyOf':[{'format':'date','type':'string'},{'format':'uri','type':['string','integer']}]}")
            .get("anyOf"));
  }

  @Test
  void mergesAllOf() {
    assertEquals(
        json(
            "{'type':'object','properties':{'x':{'type':'integer','minimum':2,'maximum':5,"
                + "'description':'first. Range: 2 to 5.'},'y':{'type':'string'}},"
                + "'required':['x','y']}"),
        parameter(
            "a",
            "{'allOf':["
                + "{'properties':{'x':{'type':'number','minimum':2,'maximum':9,'description':'first'}},'required':['x']},"
                + "{'properties':{'x':{'type':'integer','minimum':1,'maximum':5,'description':'second'},"
                + "'y':{'type':'string'}},'required':['y']}]}"));
  }

  @Test
  void inlinesReferencesAndKeepsTheirSiblings() {
    assertEquals(
        json("{'type':'string','enum':['x'],'description':'Mine. Always \\\"x\\\".'}"),
        property(
            "{'properties':{'a':{'$ref':'#/$defs/X','description':'Mine'}},"
                + "'$defs':{'X':{'type':'string','enum':['x'],'description':'Theirs'}}}"));
  }

  @Test
  void followsEveryKindOfReferenceWithinTheSchema() {
    String target = "{'type':'boolean','$anchor':'here'}";
    for (String reference :
        List.of(
            "#/definitions/X",
            "#/properties/b",
            "#here",
            "#/odd/a~1b/0",
            "#/odd/a%2Fb%20c",
            "https://example.com/s.json#/definitions/X",
            "s.json#here",
            "other.json")) {
      JsonNode shown =
          property(
              "{'$id':'https://example.com/s.json','properties':{'a':{'$ref':'"
                  + reference
                  + "'},'b':"
                  + target
                  + "},'definitions':{'X':"
                  + target
                  + ",'O':{'$id':'other.json','type':'boolean'}},"
                  + "'odd':{'a/b':["
                  + target
                  + "],'a%2Fb c':{},'a%2Fb%20c':"
                  + target
                  + "}}");

      assertEquals("boolean", shown.path("type").asText(), reference);
    }
  }

  @Test
  void showsAReferenceThatLeadsNowhereAsAFreeValueWithANote() {
    for (String reference :
        List.of("#/$defs/missing", "https://example.com/x", "#nowhere", "%", "#/%zz")) {
      SafeSchema shown = SafeSchema.of(json("{'properties':{'a':{'$ref':'" + reference + "'}}}"));

      assertEquals("Any JSON is accepted.", shown.json().at("/properties/a/description").asText());
      assertEquals(1, shown.notes().size());
    }
  }

  @Test
  void cutsACycleAtTheThirdLevelWithADescribedFreeObject() {
    SafeSchema shown =
        SafeSchema.of(
            json(
                "{'properties':{'a':{'$ref':'#/$defs/N'}},'$defs':{'N':{'type':'object',"
                    + "'properties':{'n':{'$ref':'#/$defs/N'}}}}}"));

    JsonNode third = shown.json().at("/properties/a/properties/n/properties/n");
    assertEquals(json("['n']"), JSON.valueToTree(third.get("properties").fieldNames()));
    JsonNode cut = third.at("/properties/n");
    assertEquals(json("{}"), cut.get("properties"));
    assertTrue(cut.get("description").asText().startsWith("Its inner structure"));
    assertEquals(1, shown.notes().size());
  }

  @Test
  void cutsACycleThroughTheRoot() {
    SafeSchema shown = SafeSchema.of(json("{'type':'object','properties':{'n':{'$ref':'#'}}}"));

    SafeProfile.check(shown.json());
    assertTrue(shown.json().at("/properties/n/properties/n/properties/n").isObject());
  }

  @Test
  void survivesAReferenceToItself() {
    for (String loop :
        List.of(
            "{'$ref':'#/$defs/L'}",
            "{'allOf':[{'$ref':'#/$defs/L'}]}",
            "{'anyOf':[{'$ref':'#/$defs/L'},{'$ref':'#/$defs/L'}]}")) {
      SafeSchema shown =
          SafeSchema.of(
              json("{'properties':{'a':{'$ref':'#/$defs/L'}},'$defs':{'L':" + loop + "}}"));

      SafeProfile.check(shown.json());
    }
  }

  @Test
  void showsATypeOfAnyJsonWithoutEnd() {
    SafeSchema shown =
        SafeSchema.of(
            json(
                "{'properties':{'a':{'$ref':'#/$defs/J'}},'$defs':{'J':{'anyOf':[{'type':'string'},"
                    + "{'type':'null'},{'type':'array','items':{'$ref':'#/$defs/J'}},"
                    + "{'type':'object','additionalProperties':{'$ref':'#/$defs/J'}}]}}}"));

    SafeProfile.check(shown.json());
  }

  @Test
  void capsASchemaThatUnfoldsExponentially() {
    StringBuilder defs = new StringBuilder("'D0':{'type':'string'}");
    for (int i = 1; i <= 40; i++) {
      String inner = "{'$ref':'#/$defs/D" + (i - 1) + "'}";
      defs.append(
          ",'D" + i + "':{'type':'object','properties':{'l':" + inner + ",'r':" + inner + "}}");
    }

    SafeSchema shown =
        SafeSchema.of(
            json(
                "{'properties':{'a':{'$ref':'#/$defs/D40'},'z':{'$ref':'#/$defs/D0'}},'$defs':{"
                    + defs
                    + "}}"));

    SafeProfile.check(shown.json());
    assertEquals("string", shown.json().at("/properties/z/type").asText());
    assertTrue(shown.json().toString().length() < 500_000);
    assertEquals(1, shown.notes().size());
  }

  @Test
  void capsAllOfThatUnfoldsExponentially() {
    for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
      StringBuilder defs = new StringBuilder("'D0':{'type':'string'}");
      for (int i = 1; i <= 40; i++) {
        String inner = "{'title':'t%d','$ref':'#/$defs/D" + (i - 1) + "'}";
        defs.append(
            ",'D"
                + i
                + "':{'"
                + keyword
                + "':["
                + inner.formatted(2 * i)
                + ","
                + inner.formatted(2 * i + 1)
                + "]}");
      }

      SafeSchema shown =
          SafeSchema.of(json("{'$defs':{" + defs + "},'properties':{'a':{'$ref':'#/$defs/D40'}}}"));

      SafeProfile.check(shown.json());
      assertTrue(shown.json().toString().length() < 500_000);
    }
  }

  @Test
  void showsAWideSchemaWithoutReferencesCompletely() {
    StringBuilder properties = new StringBuilder("'p0':{'type':'string'}");
    for (int i = 1; i < 5_000; i++) {
      properties.append(",'p" + i + "':{'type':'object','properties':{'x':{'type':'string'}}}");
    }

    SafeSchema shown = SafeSchema.of(json("{'properties':{" + properties + "}}"));

    assertEquals(5_000, shown.json().get("properties").size());
    assertEquals("string", shown.json().at("/properties/p4999/properties/x/type").asText());
    assertEquals(List.of(), shown.notes());
  }

  @Test
  void cutsADeepSchema() {
    String deep = "{'properties':{'n':".repeat(200) + "{'type':'string'}" + "}}".repeat(200);

    SafeSchema shown = SafeSchema.of(json(deep));

    SafeProfile.check(shown.json());
    assertEquals(1, shown.notes().size());
  }

  @Test
  void showsASchemaThatIsTooDeepForTheStackAsOneTextWithANote() {
    JsonNode deep = JSON.createObjectNode().put("type", "string");
    for (int i = 0; i < 200_000; i++) {
      JsonNode outer = JSON.createObjectNode().set("allOf", JSON.createArrayNode().add(deep));
      deep = outer;
    }

    SafeSchema shown = SafeSchema.of(deep);

    assertEquals(json(ANY_ARGUMENTS), shown.json());
    assertEquals(1, shown.notes().size());
  }

  @Test
  void showsATupleAsAnArrayOfItsTypesInOrder() {
    String expected =
        "{'type':'array','items':{'anyOf':[{'type':'number'},{'type':'string'}]},"
            + "'description':'Items in this order: number, number, string.'}";

    assertEquals(
        json(expected),
        parameter(
            "a",
            "{'type':'array','prefixItems':[{'type':'number'},{'type':'number'},{'type':'string'}],'items':false}"));
    assertEquals(
        json(expected),
        parameter(
            "a",
            "{'type':'array','items':[{'type':'number'},{'type':'number'},{'type':'string'}]}"));
  }

  @Test
  void givesAnArrayWithoutItemsFreeOnes() {
    String expected =
        "{'type':'array','items':{'type':'string','description':'Any JSON is accepted.'}}";

    assertEquals(json(expected), parameter("a", "{'type':'array'}"));
    assertEquals(json(expected), parameter("a", "{'type':'array','items':true}"));
  }

  @Test
  void describesFreeKeys() {
    assertEquals(
        json(
            "{'type':'object','properties':{},'description':'Accepts further keys of any name,"
                + " each with a value of this kind: string.'}"),
        parameter("a", "{'type':'object','additionalProperties':{'type':'string'}}"));
    assertTrue(
        words("{'patternProperties':{'^x':{'type':['integer','boolean']}}}")
            .endsWith("integer or boolean."));
  }

  @Test
  void declaresARequiredKeyThatIsNotDeclared() {
    assertShown(
        "{'properties':{},'required':['a'],'additionalProperties':{'type':'integer'}}",
        "{'type':'object','properties':{'a':{'type':'integer'}},'required':['a'],"
            + "'description':'Accepts further keys of any name, each with a value of this kind: integer.'}");
  }

  @Test
  void leavesOutConditionsAndNegations() {
    assertShown(
        "{'properties':{'a':{'type':'string','not':{'const':'x'}}},'if':{'required':['a']},"
            + "'then':{'required':['b']},'else':false,'dependentSchemas':{'a':{'required':['c']}}}",
        "{'type':'object','properties':{'a':{'type':'string'}}}");
  }

  @Test
  void joinsAlternativesAtTheRoot() {
    assertShown(
        "{'oneOf':["
            + "{'type':'object','properties':{'k':{'const':'x'},'path':{'type':'string'}},'required':['k','path']},"
            + "{'type':'object','properties':{'k':{'const':'y'},'url':{'type':'string'}},'required':['k','url']}]}",
        "{'type':'object','properties':{"
            + "'k':{'type':'string','enum':['x','y'],'description':'One of: \\\"x\\\", \\\"y\\\".'},"
            + "'path':{'type':'string'},"
            + "'url':{'type':'string'}},"
            + "'required':['k'],'description':'Alternatives: path; or url.'}");
  }

  @Test
  void describesAlternativesThatOnlyRequire() {
    assertShown(
        "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}},"
            + "'anyOf':[{'required':['a']},{'required':['b']}]}",
        "{'type':'object','properties':{'a':{'type':'string'},"
            + "'b':{'type':'string'}},'description':'Alternatives: a; or b.'}");
  }

  @Test
  void keepsNamesThatProvidersTake() {
    for (String name : List.of("a.b", "a-b", "_a", "9", "type", "properties", "x".repeat(64))) {
      SafeSchema shown = SafeSchema.of(json("{'properties':{'" + name + "':{'type':'string'}}}"));

      assertTrue(shown.json().get("properties").has(name), name);
      assertEquals(ShownNames.NONE, shown.names(), name);
    }
  }

  @Test
  void saysTheOwnNameOfAPropertyThatIsShownUnderAnother() {
    assertShown(
        "{'properties':{'$and':{'type':'string','description':'All of these'}},"
            + "'required':['$and'],'anyOf':[{'required':['$and']},{'required':['b']}]}",
        "{'type':'object','properties':{'and':{'type':'string','description':"
            + "'All of these. The tool\\'s own name for it is \\\"$and\\\".'}"
            + "},'required':['and'],'description':'Alternatives: and; or b.'}");
  }

  @Test
  void ignoresKeywordsWhoseValuesAreBroken() {
    SafeSchema shown =
        SafeSchema.of(
            json(
                "{'type':7,'properties':{'a':{'type':'strnig','enum':'x','minimum':'1','items':3,"
                    + "'required':true,'properties':[],'anyOf':{},'allOf':'x','$ref':5,'format':1,"
                    + "'default':1e999,'title':[],'additionalProperties':7,'patternProperties':[]}},"
                    + "'required':'a'}"));

    SafeProfile.check(shown.json());
    assertTrue(shown.json().get("properties").has("a"));
  }

  @Test
  void aShownSchemaIsShownUnchanged() {
    JsonNode once =
        SafeSchema.of(
                json(
                    "{'properties':{'a':{'type':['string','null'],'default':'x','format':'uri'},"
                        + "'b':{'anyOf':[{'type':'integer','minimum':1},{'enum':['all']}]},"
                        + "'c':{'type':'array','items':{'type':'object'}}}}"))
            .json();

    assertEquals(once, SafeSchema.of(once).json());
  }

  private static void assertShown(String schema, String expected) {
    JsonNode shown = SafeSchema.of(json(schema)).json();
    assertEquals(json(expected), shown);
    SafeProfile.check(shown);
  }

  private static JsonNode parameter(String name, String schema) {
    JsonNode shown = SafeSchema.of(json("{'properties':{'" + name + "':" + schema + "}}")).json();
    SafeProfile.check(shown);
    return shown.get("properties").get(name);
  }

  private static JsonNode property(String schema) {
    JsonNode shown = SafeSchema.of(json(schema)).json();
    SafeProfile.check(shown);
    return shown.get("properties").get("a");
  }

  private static String words(String schema) {
    return parameter("a", schema).get("description").asText();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(broken);
    }
  }
}
