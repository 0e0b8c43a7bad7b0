package io.toolgate.catalog;

import io.toolgate.upstream.McpTool;

/**
 * A tool in the catalog: as its server lists it, and under which names callers reach it.
 *
 * @param server name of its server
 * @param name that its server knows it by; kept beside the JSON because every request for a
 *     document asks for all of them
 * @param operationId unique over all tools of the catalog
 * @param segment last segment of its path, not encoded: its name, or the operationId where a path
 *     cannot carry the name
 * @param mcp as listed
 * @param operation its part of the documents
 */
public record Tool(
    String server,
    String name,
    String operationId,
    String segment,
    McpTool mcp,
    Operation operation) {

  Tool(String server, String operationId, McpTool mcp, Operation operation) {
    this(
        server,
        mcp.name(),
        operationId,
        PathSegment.canCarry(mcp.name()) ? mcp.name() : operationId,
        mcp,
        operation);
  }

  /** For example {@code /github/create_issue}, percent-encoded. */
  public String path() {
    return "/" + PathSegment.encode(server) + "/" + pathSegment();
  }

  /** The last segment of the path, percent-encoded. */
  public String pathSegment() {
    return PathSegment.encode(segment);
  }

  /** What it takes; made when it is first asked for. */
  public Parameters parameters() {
    return operation.parameters();
  }

  /** By identity: two tools are never compared by their schemas. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return operationId.hashCode();
  }

  @Override
  public String toString() {
    return operationId;
  }
}
