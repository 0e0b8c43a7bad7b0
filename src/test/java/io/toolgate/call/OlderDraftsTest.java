package io.toolgate.call;

import static io.toolgate.call.Sample.check;
import static io.toolgate.call.Sample.mistake;
import static io.toolgate.call.Sample.passes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas written for older drafts work as meant, whether they name their draft or not. */
class OlderDraftsTest {

  static Stream<String> dialects() {
    return Stream.of(
            "http://json-schema.org/draft-04/schema#",
            "http://json-schema.org/draft-06/schema#",
            "http://json-schema.org/draft-07/schema",
            "https://json-schema.org/draft-07/schema#",
            "https://json-schema.org/draft/2019-09/schema",
            "https://json-schema.org/draft/2020-12/schema",
            "http://json-schema.org/draft/2020-12/schema#",
            "https://example.com/my-own-dialect")
        .map(uri -> "'$schema':'" + uri + "',")
        .flatMap(declared -> Stream.of(declared, ""))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void judgesTuplesWrittenAsArraysOfItems(String declared) {
    ArgumentCheck check =
        check(
            "{"
                + declared
                + "'properties':{'a':{'items':[{'type':'string'}],'additionalItems':false}}}");
    passes(check, "{'a':['x']}");
    assertEquals("/a/0 must be a string but is the number 1", mistake(check, "{'a':[1]}"));
    assertEquals("/a/1 is an element too many", mistake(check, "{'a':['x',1]}"));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void judgesABooleanExclusiveLimit(String declared) {
    ArgumentCheck check =
        check(
            "{"
                + declared
                + "'properties':{'a':{'minimum':3,'exclusiveMinimum':true,"
                + "'maximum':5,'exclusiveMaximum':false}}}");
    passes(check, "{'a':5}");
    assertEquals("/a must be more than 3 but is 3", mistake(check, "{'a':3}"));
    assertEquals("/a must be at most 5 but is 6", mistake(check, "{'a':6}"));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void followsReferencesToDefinitions(String declared) {
    ArgumentCheck check =
        check(
            "{"
                + declared
                + "'properties':{'a':{'$ref':'#/definitions/x'}},"
                + "'definitions':{'x':{'type':'string'}}}");
    passes(check, "{'a':'x'}");
    mistake(check, "{'a':1}");
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void judgesDependencies(String declared) {
    ArgumentCheck check = check("{" + declared + "'dependencies':{'a':['b']}}");
    passes(check, "{'a':1,'b':1}");
    mistake(check, "{'a':1}");
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void judgesUniqueItemsByValue(String declared) {
    ArgumentCheck check = check("{" + declared + "'properties':{'a':{'uniqueItems':true}}}");
    passes(check, "{'a':[1,'1',true,[1],[[1]],{'x':1},{'x':2},null,'null']}");
    mistake(check, "{'a':[1,1.0]}");
    mistake(check, "{'a':[{'x':1,'y':[2]},{'y':[2.0],'x':1}]}");
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void countsAWholeNumberAsAnInteger(String declared) {
    passes(check("{" + declared + "'properties':{'a':{'type':'integer'}}}"), "{'a':1.0}");
  }
}
