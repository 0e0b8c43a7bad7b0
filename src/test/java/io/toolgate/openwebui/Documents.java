package io.toolgate.openwebui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Small documents for tests: one tool {@code s_t} whose body has a given schema. */
final class Documents {
  private Documents() {}

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) Reply.JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static ObjectNode withBody(String schema) {
    return withBody(schema, "{}");
  }

  static ObjectNode withBody(String schema, String components) {
    return json(
        """
        {'openapi': '3.1.0', 'info': {'title': 't', 'version': '1'},
         'paths': {'/s/t': {'post': {'operationId': 's_t', 'description': 'Does it.',
           'requestBody': {'content': {'application/json': {'schema': %s}}}}}},
         'components': %s}
        """
            .formatted(schema, components));
  }

  /** One property named {@code p} of this schema. */
  static ObjectNode withProperty(String schema) {
    return withBody("{'type': 'object', 'properties': {'p': " + schema + "}}");
  }
}
