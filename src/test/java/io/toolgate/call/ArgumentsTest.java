package io.toolgate.call;

import static io.toolgate.call.Sample.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.toolgate.catalog.Parameters;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final String SCHEMA = "{'properties':{'a':{},'b':{}}}";

  @Test
  void takesTheBodyAsArguments() {
    assertEquals("{'a':1}", unwrap("{'a':1}", SCHEMA));
  }

  @Test
  void takesTheWrapperOff() {
    assertEquals("{'a':1}", unwrap("{'arguments':{'a':1}}", SCHEMA));
  }

  @Test
  void takesTheWrapperOffForAToolWithoutSchema() {
    assertEquals(
        json("{'a':1}"),
        new Arguments(Parameters.of(MissingNode.getInstance())).in(json("{'arguments':{'a':1}}")));
  }

  @Test
  void keepsAnArgumentNamedArguments() {
    assertEquals(
        "{'arguments':{'a':1}}",
        unwrap("{'arguments':{'a':1}}", "{'properties':{'arguments':{'type':'object'}}}"));
  }

  @Test
  void keepsAnArgumentNamedArgumentsThatIsDeclaredElsewhere() {
    assertEquals(
        "{'arguments':{'a':1}}",
        unwrap(
            "{'arguments':{'a':1}}",
            "{'allOf':[{'$ref':'#/$defs/x'}],'$defs':{'x':{'properties':{'arguments':{}}}}}"));
  }

  @Test
  void keepsArgumentsThatAreNoObject() {
    assertEquals("{'arguments':[1]}", unwrap("{'arguments':[1]}", SCHEMA));
  }

  @Test
  void leavesForeignKeysBehindWithTheWrapper() {
    assertEquals("{'a':1}", unwrap("{'arguments':{'a':1},'tool':'x'}", SCHEMA));
  }

  @Test
  void keepsABodyThatHasARealArgumentBesideTheWrapper() {
    assertEquals("{'arguments':{'a':1},'b':2}", unwrap("{'arguments':{'a':1},'b':2}", SCHEMA));
  }

  @Test
  void readsASchemaThatRefersToItself() {
    assertEquals(
        "{'a':1}", unwrap("{'arguments':{'a':1}}", "{'anyOf':[{'$ref':'#'},{'$ref':'#'}]}"));
  }

  private static String unwrap(String body, String schema) {
    return new Arguments(Parameters.of(json(schema))).in(json(body)).toString().replace('"', '\'');
  }
}
