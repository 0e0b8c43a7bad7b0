package io.toolgate.call;

import static io.toolgate.call.Sample.mistakes;
import static io.toolgate.call.Sample.passes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.toolgate.catalog.Parameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left out of a schema never makes the check stricter, wherever it stood. */
class LoosenedSchemaTest {
  private static ArgumentCheck check(String schema) {
    String whole =
        schema.startsWith("S")
            ? "{'type':'object','properties':{'v':" + schema.substring(1) + "},'required':['v']}"
            : schema;
    ArgumentCheck check = ArgumentCheck.compile(Parameters.of(Sample.value(whole)));
    assertEquals("", check.note().orElse(""), whole);
    return check;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "S{'type':'string','not':{'enum':null}} | {'v':'x'}",
        "{'properties':{'a':{'type':'string'}},'not':{'required':'b'}} | {'a':'x'}",
        "{'properties':{'a':{'type':'string'}},'not':{'required':['b',7]}} | {'a':'x','b':1}",
        "S{'type':'string','not':{'pattern':'\\\\\\\\s'}} | {'v':'abc'}",
        "S{'type':'string','not':{'pattern':'(['}} | {'v':'abc'}",
        "S{'not':{'anyOf':[{'type':7},{'type':'string'}]}} | {'v':'abc'}",
        "S{'not':{'not':{'enum':null}}} | {'v':'abc'}",
        "S{'not':{'properties':{'x':{'properties':{'y':5}}}}} | {'v':{'x':{'y':1}}}",
        "S{'not':{'allOf':[{'type':'string'},7]}} | {'v':'abc'}",
        "S{'not':{'dependentRequired':{'a':7}}} | {'v':{'a':1}}",
        "{'properties':{'v':{'not':{'$ref':'#/$defs/a'}}},'$defs':{'a':{'enum':null}}} | {'v':1}",
        "{'properties':{'v':{'not':{'$ref':'#/$defs/a%20b'}}},'$defs':{'a b':{'enum':7}}} | {'v':1}",
        "S{'oneOf':[{'type':'string'},{'type':'uuid'}]} | {'v':'x'}",
        "S{'oneOf':[{'type':'string','enum':['all']},{'type':'string','pattern':'^\\\\\\\\d+$'}]} | {'v':'all'}",
        "S{'anyOf':[{'type':'string'}],'oneOf':[{'type':'string'},{'type':'uuid'}]} | {'v':'x'}",
        "{'properties':{'a':{},'b':{}},'oneOf':[{'required':['a']},{'required':'b'}]} | {'a':'y'}",
        "{'properties':{'a':{'type':'string'}},'if':{'properties':{'a':{'enum':'x'}}},'then':{'required':['b']}} | {}",
        "{'if':{'required':'x'},'then':{},'else':{'required':['b']}} | {}",
        "S{'type':'array','contains':{'type':'foo'},'maxContains':1} | {'v':[1,2]}",
        "S{'type':'array','contains':{'type':'string'},'minContains':'0'} | {'v':[1,2]}",
        "{'properties':null,'additionalProperties':false} | {'a':1}",
        "{'properties':7,'additionalProperties':{'type':'string'}} | {'a':1}",
        "{'patternProperties':7,'additionalProperties':false} | {'a':1}",
        "S{'prefixItems':7,'items':false} | {'v':[1]}",
        "{'allOf':[{'properties':7}],'unevaluatedProperties':false} | {'a':1}",
        "{'anyOf':[7,{'properties':{'a':{}}}],'unevaluatedProperties':false} | {'a':1}",
        "{'oneOf':[{'properties':{'a':{'enum':null}}},{'properties':{'b':{}}}],'unevaluatedProperties':false} | {'a':1}",
      })
  void whatIsLeftOutRefusesNothing(String schema, String arguments) {
    passes(check(schema), arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "/^[0-9]+$/ 12",
        "/^[a-z]+$/i Ab",
        "/[a-z]+/ ab",
        "#^a$# a",
        "~^a+$~iu A",
        "^[^@]+@[^@]+\\\\\\\\.[a-z]+$ a@b.de",
        "^\\\\\\\\+?[0-9]+$ +49",
        "^\\\\\\\\/api\\\\\\\\/ /api/",
        "^\\\\\\\\p{L}+$ a",
        "^\\\\\\\\u0041$ A",
        "^\\\\\\\\$[0-9]+$ $1",
        "^[\\\\\\\\w.]+$ a.b",
        "^[[:alnum:]_-]+$ a-b",
        "^[[:^space:]]$ a",
        "^a{,5}$ aa",
        "^\\\\Qa.b\\\\E$ a.b",
      })
  void aPatternOfAnotherEngineDoesNotJudge(String pattern, String value) {
    passes(check("S{'type':'string','pattern':'" + pattern + "'}"), "{'v':'" + value + "'}");
    ArgumentCheck names =
        check(
            "{'patternProperties':{'"
                + pattern
                + "':{'type':'integer'}},'additionalProperties':false}");
    passes(names, "{'" + value + "':1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "^[^\\\\\\\\/]+$ a/b",
        "^[A-Z]:\\\\\\\\ x",
        "^\\\\d+\\\\\\\\.x$ 1.x",
        "^/api/v1 x",
        "^a{2,5}$ a",
        "^[:a]+$ b",
        "^#[0-9a-f]{6}$ x",
      })
  void aPatternThatIsNoneJudges(String pattern, String value) {
    ArgumentCheck check = check("S{'type':'string','pattern':'" + pattern + "'}");
    assertFalse(mistakes(check, "{'v':'" + value + "'}").isEmpty(), pattern);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "S{'not':{'description':7,'enum':['x']}} | {'v':'x'}",
        "S{'type':'string','enum':null,'not':{'enum':['x']}} | {'v':'x'}",
        "S{'type':'string','not':{'enum':null}} | {'v':1}",
        "S{'oneOf':[{'type':'string','minLength':null},{'type':'boolean'}]} | {'v':1}",
        "S{'contains':{'type':'string','enum':null}} | {'v':[1]}",
        "{'properties':{'a':{'enum':null}},'additionalProperties':false} | {'b':1}",
        "{'properties':{'a':{'enum':null}},'unevaluatedProperties':false} | {'b':1}",
        "{'$defs':{'a':{'enum':null}},'not':{'required':['b']}} | {'b':1}",
      })
  void theRestStillJudges(String schema, String arguments) {
    assertFalse(mistakes(check(schema), arguments).isEmpty(), schema);
  }
}
