package io.toolgate.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The text of an OpenAPI 3.1 document, put together from finished operations.
 *
 * <p>Works on bytes: a document of some thousand tools is copied, not serialised; and of servers
 * that are in it as a whole, what is compressed is copied too.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.0">OpenAPI 3.1.0</a>
 */
final class OpenApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the security scheme. */
  private static final String PROOF = "bearer";

  private static final byte[] TAIL = tail(false);
  private static final byte[] TAIL_WITH_PROOF = tail(true);

  /**
   * Where in the text the paths of a server are that is in it as a whole, under the names it is
   * prepared with.
   */
  private record Whole(CatalogServer server, int from, int to) {}

  private final byte[] json;
  private final List<Whole> wholes = new ArrayList<>();

  /**
   * @param operationId the name of a tool in this document
   */
  OpenApiDocument(
      Subject subject,
      Map<CatalogServer, List<Tool>> tools,
      Function<Tool, String> operationId,
      boolean prepared,
      String productVersion,
      boolean proofWanted) {
    byte[] tail = proofWanted ? TAIL_WITH_PROOF : TAIL;
    byte[] head = head(subject, tools.keySet(), productVersion, proofWanted);
    Text text = new Text(head.length + length(tools) + tail.length);
    text.writeBytes(head);
    boolean first = true;
    for (Map.Entry<CatalogServer, List<Tool>> entry : tools.entrySet()) {
      text.write(first ? "" : ",");
      first = false;
      int from = text.size();
      text.paths(entry.getValue(), subject, operationId);
      if (prepared && entry.getValue().size() == entry.getKey().tools().size()) {
        wholes.add(new Whole(entry.getKey(), from, text.size()));
      }
    }
    text.writeBytes(tail);
    json = text.toByteArray();
  }

  /** The members of {@code paths} for all tools of a server, as in the document over all. */
  static byte[] paths(List<Tool> tools) {
    Text text = new Text(length(tools));
    text.paths(tools, new Subject.Overall(), Tool::operationId);
    return text.toByteArray();
  }

  byte[] json() {
    return json;
  }

  /** Whether most of it is compressed already, and thoroughly. */
  boolean isPrepared() {
    int prepared =
        wholes.stream()
            .filter(whole -> whole.server().compressed().isPresent())
            .mapToInt(whole -> whole.to() - whole.from())
            .sum();
    return prepared > json.length / 2;
  }

  byte[] gzip(Deflating.Care care) {
    try (Deflating file = Deflating.file(care, json.length)) {
      int done = 0;
      for (Whole whole : wholes) {
        byte[] compressed = whole.server().compressed().orElse(null);
        if (compressed != null) {
          file.compress(json, done, whole.from());
          file.add(compressed);
          done = whole.to();
        }
      }
      file.compress(json, done, json.length);
      return file.end(json);
    }
  }

  private static byte[] head(
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
    String json = json(head);
    return utf8(json.substring(0, json.length() - 1) + ",\"paths\":{");
  }

  private static byte[] tail(boolean proofWanted) {
    ObjectNode components = Responses.components();
    if (proofWanted) {
      components
          .putObject("securitySchemes")
          .putObject(PROOF)
          .put("type", "http")
          .put("scheme", "bearer")
          .put("description", "A key of Toolgate, or a token of the user.");
    }
    return utf8("},\"components\":" + json(components) + "}");
  }

  /** About as long as the paths of these will be. */
  private static int length(Map<CatalogServer, List<Tool>> tools) {
    return tools.values().stream().mapToInt(OpenApiDocument::length).sum();
  }

  private static int length(List<Tool> tools) {
    return tools.stream()
        .mapToInt(
            tool ->
                tool.operation().members().length
                    + tool.server().length()
                    + 2 * tool.operationId().length()
                    + Text.AROUND_AN_OPERATION)
        .sum();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String json(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a flat tree can always be written", impossible);
    }
  }

  private static final class Text extends ByteArrayOutputStream {
    static final int AROUND_AN_OPERATION = 48;

    Text(int expected) {
      super(expected);
    }

    /** Path and operationId hold no character that JSON would write otherwise. */
    void paths(List<Tool> tools, Subject subject, Function<Tool, String> operationId) {
      boolean first = true;
      for (Tool tool : tools) {
        write(first ? "\"" : ",\"");
        first = false;
        write(subject.path(tool));
        write("\":{\"post\":{\"operationId\":\"");
        write(operationId.apply(tool));
        write("\",");
        writeBytes(tool.operation().members());
        write("}");
      }
    }

    void write(String text) {
      writeBytes(utf8(text));
    }
  }
}
