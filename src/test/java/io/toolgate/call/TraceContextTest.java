package io.toolgate.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static Map<String, String> of(List<String> parent, String... state) {
    Map<String, String> meta = new TreeMap<>();
    TraceContext.of(
            name ->
                switch (name) {
                  case "traceparent" -> parent;
                  case "tracestate" -> List.of(state);
                  default -> List.of();
                })
        .properties()
        .forEach(entry -> meta.put(entry.getKey(), entry.getValue().textValue()));
    return meta;
  }

  @Test
  void handsTheParentOn() {
    assertEquals(Map.of("traceparent", PARENT), of(List.of(PARENT)));
  }

  @Test
  void handsAllStateOnInItsOrder() {
    assertEquals(
        Map.of("traceparent", PARENT, "tracestate", "b=1,a=2"), of(List.of(PARENT), "b=1", "a=2"));
  }

  @Test
  void saysNothingWithoutParent() {
    assertTrue(of(List.of(), "a=1").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n",
        " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "{\"traceparent\":1}"
      })
  void leavesAMalformedParentOut(String parent) {
    assertTrue(of(List.of(parent), "a=1").isEmpty());
  }

  @Test
  void leavesTwoParentsOut() {
    assertTrue(of(List.of(PARENT, PARENT)).isEmpty());
  }

  @Test
  void leavesMalformedStateOut() {
    String longest = "a=" + "x".repeat(510);

    assertEquals(longest, of(List.of(PARENT), longest).get("tracestate"));
    for (String state : List.of(longest + "x", "a=\u0001", "a=ü", "")) {
      assertEquals(Map.of("traceparent", PARENT), of(List.of(PARENT), state));
    }
  }
}
