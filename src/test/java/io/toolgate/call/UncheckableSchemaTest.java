package io.toolgate.call;

import static io.toolgate.call.Sample.json;
import static io.toolgate.call.Sample.passes;
import static io.toolgate.call.Sample.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema that cannot judge lets everything pass, and says so. */
class UncheckableSchemaTest {

  @ParameterizedTest
  @ValueSource(strings = {"true", "null", "{}"})
  void passesEverythingWithoutANoteWhenThereIsNothingToJudge(String schema) {
    ArgumentCheck check = ArgumentCheck.compile(value(schema));
    passes(check, "{'a':null}");
    assertTrue(check.note().isEmpty());
  }

  @Test
  void passesEverythingWithoutANoteWhenThereIsNoSchema() {
    ArgumentCheck check = ArgumentCheck.compile(MissingNode.getInstance());
    passes(check, "{'a':null}");
    assertTrue(check.note().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "false | it refuses everything",
        "{'type':'string'} | it accepts no object",
        "{'type':['string','null']} | it accepts no object",
        "5 | it has the number 5 where a schema belongs",
        "'string' | it has the string \"string\" where a schema belongs",
        "[] | it has an empty array where a schema belongs",
        "{'$ref':'#'} | one of its references leads back to itself",
        "{'properties':{'a':{'$ref':'#/properties/a'}}} "
            + "| one of its references leads back to itself",
        "{'$defs':{'x':{'$ref':'#/$defs/y'},'y':{'allOf':[{'$ref':'#/$defs/x'}]}},"
            + "'properties':{'a':{'$ref':'#/$defs/x'}}} "
            + "| one of its references leads back to itself",
        "{'properties':{'a':{'$ref':'#/$defs/none'}}} "
            + "| it refers to something it does not contain",
        "{'properties':{'a':{'items':{'$ref':'#none'}}}} "
            + "| it refers to something it does not contain",
      })
  void passesEverythingWithANote(String schema, String reason) {
    ArgumentCheck check = ArgumentCheck.compile(value(schema));
    passes(check, "{'a':1,'b':null}");
    assertEquals(
        "The arguments are not checked against the tool's schema: " + reason + ".",
        check.note().orElse(""));
  }

  @Test
  void passesASchemaThatIsNestedTooDeeply() {
    ObjectNode schema = json("{}");
    for (int i = 0; i < 5_000; i++) {
      ObjectNode outer = json("{}");
      outer.set("not", schema);
      schema = outer;
    }
    assertTrue(ArgumentCheck.compile(schema).note().orElse("").contains("nested too deeply"));
  }
}
