package io.toolgate.tenant;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an MCP server is reached. {@code toString} never shows values that may be secret. */
public sealed interface Transport {

  /**
   * A child process that speaks JSON-RPC over its standard input and output.
   *
   * @param command program, looked up in {@code PATH} unless it holds a slash
   * @param env what the child gets beside the small base environment
   * @param cwd working directory; Toolgate's own when empty
   */
  record Stdio(String command, List<String> args, Map<String, String> env, Optional<Path> cwd)
      implements Transport {
    public Stdio {
      args = List.copyOf(args);
      env = Map.copyOf(env);
    }

    @Override
    public String toString() {
      return "stdio " + command;
    }
  }

  /**
   * A server reached over HTTP.
   *
   * @param headers sent with every request
   */
  record Remote(Protocol protocol, URI url, Map<String, String> headers) implements Transport {
    public Remote {
      headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
      return protocol.name().toLowerCase(java.util.Locale.ROOT) + " " + url.getHost();
    }
  }

  /** The dialect of a remote server. */
  enum Protocol {
    STREAMABLE_HTTP,
    SSE,
    /** Streamable HTTP first, SSE where the server refuses it. */
    AUTO
  }
}
