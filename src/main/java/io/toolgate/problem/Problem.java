package io.toolgate.problem;

/**
 * The kinds of error a caller can meet, each with its stable slug and HTTP status (RFC 9457).
 *
 * <p>A kind is chosen where the mistake is seen and never translated on the way out; JSON-RPC codes
 * are turned into a kind once, beside the session that received them.
 */
public enum Problem {
  /** The body is not JSON, or not an object. */
  MALFORMED_BODY(400, "The request body is not a JSON object"),
  /** A parameter in the query of the address cannot be used. */
  MALFORMED_QUERY(400, "The query is not understood"),
  /** A header of the request cannot be used. */
  MALFORMED_HEADER(400, "A header is not understood"),
  /** No proof of identity, or a bad one. */
  UNAUTHENTICATED(401, "Who is calling is not proven"),
  /** The caller may not use this server or tool. */
  NOT_GRANTED(403, "Not granted"),
  /** No such server, tool or page. */
  NOT_FOUND(404, "Not found"),
  /** The path exists, but not for this HTTP method. */
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  /** The request is larger than allowed. */
  BODY_TOO_LARGE(413, "The request body is too large"),
  /** The arguments break the tool's schema, or the server answered JSON-RPC -32602. */
  INVALID_ARGUMENTS(422, "The arguments do not fit the tool"),
  /** The tool ran and answered {@code isError}; the detail is the tool's own text. */
  TOOL_FAILED(424, "The tool reported an error"),
  /** A limit is reached. */
  TOO_MANY_CALLS(429, "Too many calls"),
  /** A mistake of ours; the log has the request id. */
  INTERNAL(500, "Internal error"),
  /** The server answered something that is not MCP, or too large, or with a JSON-RPC error. */
  UPSTREAM_INVALID(502, "The MCP server gave an invalid answer"),
  /** The server is starting, has failed or is switched off. */
  UPSTREAM_UNAVAILABLE(503, "The MCP server is not available"),
  /** Who is calling, or what they may use, cannot be found out now. */
  ACCESS_UNKNOWN(503, "Access cannot be decided at the moment"),
  /** The server died during a call that may have had an effect. */
  OUTCOME_UNKNOWN(503, "The outcome of the call is unknown"),
  /** The call's deadline is reached. */
  UPSTREAM_TIMEOUT(504, "The MCP server did not answer in time");

  private final int status;
  private final String title;

  Problem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A short sentence that is the same for every occurrence. */
  public String title() {
    return title;
  }

  /**
   * The stable name, for example {@code invalid-arguments}; the {@code type} of the document is
   * built from it.
   */
  public String slug() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /**
   * An occurrence of this problem.
   *
   * @param detail one or two sentences that a model can act on; shown to the caller, so nothing
   *     secret
   */
  public ProblemException because(String detail) {
    return new ProblemException(this, detail);
  }
}
