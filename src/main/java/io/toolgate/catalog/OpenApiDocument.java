package io.toolgate.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts an OpenAPI 3.1 document together from finished operations.
 *
 * <p>Works on bytes: a document of some thousand tools is copied, not serialised.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.0">OpenAPI 3.1.0</a>
 */
final class OpenApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the security scheme. */
  private static final String PROOF = "bearer";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
  private boolean first = true;

  private OpenApiDocument(ObjectNode head) {
    String json = json(head);
    write(json.substring(0, json.length() - 1));
    write(",\"paths\":{");
  }

  /**
   * @param operationId the name of a tool in this document
   */
  static byte[] of(
      Subject subject,
      Map<CatalogServer, List<Tool>> tools,
      Function<Tool, String> operationId,
      String productVersion,
      boolean proofWanted) {
    OpenApiDocument document =
        new OpenApiDocument(head(subject, tools.keySet(), productVersion, proofWanted));
    tools
        .values()
        .forEach(
            ofServer ->
                ofServer.forEach(
                    tool ->
                        document.add(
                            subject.path(tool), operationId.apply(tool), tool.operation())));
    return document.end(proofWanted);
  }

  private static ObjectNode head(
      Subject subject, Set<CatalogServer> servers, String productVersion, boolean proofWanted) {
    ObjectNode head = JsonNodeFactory.instance.objectNode();
    head.put("openapi", "3.1.0");
    head.putObject("info")
        .put("title", subject.title())
        .put("description", subject.description())
        .put("version", productVersion);
    // Relative to the document's own address, so it is right for all documents and behind proxies.
    head.putArray("servers").addObject().put("url", "./");
    if (proofWanted) {
      head.putArray("security").addObject().putArray(PROOF);
    }
    for (CatalogServer server : servers) {
      String about =
          server.description().isBlank()
              ? server.displayName()
              : server.displayName() + ": " + server.description();
      head.withArray("tags").addObject().put("name", server.name()).put("description", about);
    }
    return head;
  }

  private void add(String path, String operationId, Operation operation) {
    write(first ? "" : ",");
    first = false;
    write(json(JsonNodeFactory.instance.textNode(path)));
    write(":{\"post\":{\"operationId\":");
    write(json(JsonNodeFactory.instance.textNode(operationId)));
    write(",");
    out.writeBytes(operation.members());
    write("}");
  }

  private byte[] end(boolean proofWanted) {
    ObjectNode components = Responses.components();
    if (proofWanted) {
      components
          .putObject("securitySchemes")
          .putObject(PROOF)
          .put("type", "http")
          .put("scheme", "bearer")
          .put("description", "A key of Toolgate, or a token of the user.");
    }
    write("},\"components\":");
    write(json(components));
    write("}");
    return out.toByteArray();
  }

  private void write(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a flat tree can always be written", impossible);
    }
  }
}
