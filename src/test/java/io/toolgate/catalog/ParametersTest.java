package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.policy.CapturedLog;
import io.toolgate.upstream.McpTool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Listing listing(String... tools) throws JsonProcessingException {
    List<McpTool> listed = new ArrayList<>();
    for (String tool : tools) {
      listed.add(new McpTool((ObjectNode) JSON.readTree(tool.replace('\'', '"'))));
    }
    return new Listing("odd", "odd", "", listed);
  }

  @Test
  void oneLinePerToolNamesWhatDoesNotCountHoweverOftenItIsAskedFor() throws Exception {
    String odd =
        "{'name':'a\\nb','inputSchema':{'properties':{'x\\u2028':{'enum':null,'minimum':'1'}}}}";
    String fine = "{'name':'fine','inputSchema':{'properties':{'x':{'enum':['v']}}}}";
    try (CapturedLog log = new CapturedLog()) {
      Catalog first = Catalog.EMPTY.next(List.of(listing(odd, fine)));
      for (int i = 0; i < 3; i++) {
        first.server("odd").orElseThrow().prepare();
        first.server("odd").orElseThrow().tools().forEach(Tool::parameters);
      }
      Catalog next = first.next(List.of(listing(fine, odd)));
      next.server("odd").orElseThrow().prepare();

      assertEquals(
          List.of(
              "odd/a\\u000ab: parts of its inputSchema do not count: /properties/x\\u2028/enum,"
                  + " /properties/x\\u2028/minimum null"),
          log.with("inputSchema"));
    }
  }

  @Test
  void anOrdinarySchemaIsTakenAsItIs() throws Exception {
    Tool tool =
        Catalog.EMPTY
            .next(List.of(listing("{'name':'t','inputSchema':{'type':'object'}}")))
            .find("odd", "t")
            .orElseThrow();

    assertSame(tool.mcp().inputSchema(), tool.parameters().schema());
  }
}
