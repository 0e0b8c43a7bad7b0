package io.toolgate.call;

import static io.toolgate.call.Sample.check;
import static io.toolgate.call.Sample.checkOfA;
import static io.toolgate.call.Sample.json;
import static io.toolgate.call.Sample.mistake;
import static io.toolgate.call.Sample.mistakes;
import static io.toolgate.call.Sample.passes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentNullsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'string'}",
        "{'enum':['x','y']}",
        "{'anyOf':[{'type':'string'},{'type':'number'}]}",
        "{'oneOf':[{'type':'string'},{'const':5}]}",
        "{'not':{'type':'null'}}"
      })
  void dropsNullForAnOptionalProperty(String schema) {
    assertEquals(json("{'b':1}"), checkOfA(schema).check(json("{'a':null,'b':1}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'type':['string','null']}",
        "{'enum':['x',null]}",
        "{'anyOf':[{'type':'string'},{'type':'null'}]}",
        "{'type':'string','nullable':true}"
      })
  void keepsANullThatFits(String schema) {
    passes(checkOfA(schema), "{'a':null}");
  }

  @Test
  void keepsAnUnknownNull() {
    passes(checkOfA("{'type':'string'}"), "{'b':null}");
  }

  @Test
  void dropsNullsInNestedObjects() {
    ArgumentCheck check =
        checkOfA("{'type':'array','items':{'properties':{'x':{'type':'string'}}}}");
    assertEquals(json("{'a':[{},{'x':'y'}]}"), check.check(json("{'a':[{'x':null},{'x':'y'}]}")));
  }

  @Test
  void judgesANullForARequiredProperty() {
    assertEquals(
        "/a must be a string but is null",
        mistake(check("{'properties':{'a':{'type':'string'}},'required':['a']}"), "{'a':null}"));
  }

  @Test
  void judgesANullInAnArray() {
    assertEquals(
        "/a/0 must be a string but is null",
        mistake(checkOfA("{'items':{'type':'string'}}"), "{'a':[null]}"));
  }

  @Test
  void tellsOnlyOtherMistakesThanDroppedNulls() {
    ArgumentCheck check =
        check("{'properties':{'a':{'type':'string'},'b':{'type':'string'}},'required':['b']}");
    assertEquals(1, mistakes(check, "{'a':null,'b':5}").size());
  }

  @Test
  void leavesTheGivenArgumentsUntouched() {
    ObjectNode given = json("{'a':null}");
    checkOfA("{'type':'string'}").check(given);
    assertEquals(json("{'a':null}"), given);
  }
}
