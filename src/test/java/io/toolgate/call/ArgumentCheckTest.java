package io.toolgate.call;

import static io.toolgate.call.Sample.check;
import static io.toolgate.call.Sample.checkOfA;
import static io.toolgate.call.Sample.json;
import static io.toolgate.call.Sample.mistake;
import static io.toolgate.call.Sample.passes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentCheckTest {

  @Test
  void handsFittingArgumentsOnUntouched() {
    ObjectNode arguments = json("{'a':'x'}");
    assertSame(arguments, checkOfA("{'type':'string'}").check(arguments));
  }

  @Test
  void passesAnUnknownKeyOn() {
    passes(checkOfA("{}"), "{'b':1}");
  }

  @Test
  void refusesAnUnknownKeyThatTheSchemaForbids() {
    mistake(check("{'properties':{'a':{}},'additionalProperties':false}"), "{'b':1}");
  }

  @Test
  void passesAStringOfJsonWhereAnyValueFits() {
    passes(checkOfA("{'description':'any JSON is accepted'}"), "{'a':'[1]'}");
  }

  @ParameterizedTest
  @CsvSource({"number,'5'", "integer,'5'", "boolean,'true'", "object,'{}'", "array,'[]'"})
  void convertsNoString(String type, String text) {
    mistake(checkOfA("{'type':'" + type + "'}"), "{'a':'" + text + "'}");
  }

  @Test
  void countsAWholeNumberAsAnInteger() {
    passes(checkOfA("{'type':'integer'}"), "{'a':1.0}");
  }

  @Test
  void judgesIntegersBeyondSixtyFourBitsExactly() {
    mistake(
        checkOfA("{'maximum':123456789012345678901234567890}"),
        "{'a':123456789012345678901234567891}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2020-12", "07"})
  void takesFormatAsADescription(String draft) {
    String uri =
        draft.equals("07")
            ? "http://json-schema.org/draft-07/schema#"
            : "https://json-schema.org/draft/2020-12/schema";
    passes(
        check("{'$schema':'" + uri + "','properties':{'a':{'format':'email'}}}"), "{'a':'nobody'}");
  }

  @Test
  void leavesTheToolsSchemaUntouched() {
    String text = "{'$schema':'x','properties':{'a':{'items':[{'type':'any'}],'nullable':true}}}";
    ObjectNode schema = json(text);
    ArgumentCheck.compile(schema);
    assertEquals(json(text), schema);
  }

  @Test
  void keepsSchemasOfTheSameNameApart() {
    String named = "{'$id':'https://example.com/tool','properties':{'a':{'$ref':'#/$defs/x'}},";
    ArgumentCheck strings = check(named + "'$defs':{'x':{'type':'string'}}}");
    ArgumentCheck numbers = check(named + "'$defs':{'x':{'type':'number'}}}");
    passes(strings, "{'a':'x'}");
    passes(numbers, "{'a':1}");
  }

  @Test
  void judgesForManyThreadsAtOnce() throws Exception {
    ArgumentCheck check =
        check(
            "{'properties':{'a':{'$ref':'#/$defs/tree'}},'$defs':{'tree':{'type':'object',"
                + "'properties':{'name':{'pattern':'^[a-z]+$'},'child':{'$ref':'#/$defs/tree'}}}}}");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> calls =
          IntStream.range(0, 2_000)
              .<Callable<String>>mapToObj(
                  i -> () -> mistake(check, "{'a':{'child':{'child':{'name':'" + i + "'}}}}"))
              .toList();
      int i = 0;
      for (Future<String> mistake : threads.invokeAll(calls)) {
        assertEquals(
            "/a/child/child/name must match the pattern ^[a-z]+$ but is the string \"" + i++ + '"',
            mistake.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
