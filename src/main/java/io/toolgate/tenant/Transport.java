package io.toolgate.tenant;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How an MCP server is reached. {@code toString} never shows values that may be secret. */
public sealed interface Transport {

  /** Whether it must be known who is calling before the server can be reached. */
  boolean personal();

  /**
   * A child process that speaks JSON-RPC over its standard input and output.
   *
   * @param command program, looked up in {@code PATH} unless it holds a slash
   * @param environment what the child gets beside the small base environment
   * @param cwd working directory; Toolgate's own when empty
   */
  record Stdio(
      String command,
      List<String> args,
      Templates environment,
      Optional<Path> cwd,
      ChildLimits limits)
      implements Transport {
    public Stdio {
      args = List.copyOf(args);
    }

    /** One that is the same for all callers and not limited. */
    public Stdio(String command, List<String> args, Map<String, String> env, Optional<Path> cwd) {
      this(command, args, Templates.of(env), cwd, ChildLimits.NONE);
    }

    /** The same for this caller alone: nothing is left open in its environment. */
    public Stdio to(Told told) {
      return personal() ? new Stdio(command, args, Templates.of(env(told)), cwd, limits) : this;
    }

    /** The environment of a child that serves all callers. */
    public Map<String, String> env() {
      return env(Told.NOBODY);
    }

    /**
     * The environment of a child for this caller, without the variables that need what is not known
     * of the caller.
     *
     * @throws io.toolgate.problem.ProblemException when the caller's data cannot stand in it
     */
    public Map<String, String> env(Told told) {
      return environment.environment(told);
    }

    @Override
    public boolean personal() {
      return environment.open();
    }

    @Override
    public String toString() {
      return "stdio " + command;
    }
  }

  /**
   * A server reached over HTTP.
   *
   * @param ownHeaders sent with every request
   * @param forwarded lower-case names of headers that are handed on from the caller's request
   * @param operatorsUrl whether the URL is written in a tenant file, and not brought by a group
   */
  record Remote(
      Protocol protocol, URI url, Templates ownHeaders, Set<String> forwarded, boolean operatorsUrl)
      implements Transport {
    public Remote {
      forwarded = Set.copyOf(forwarded);
    }

    /** One that is told nothing of its callers. */
    public Remote(Protocol protocol, URI url, Map<String, String> headers) {
      this(protocol, url, Templates.of(headers), Set.of(), true);
    }

    /** The same at another address, which a group brings. */
    Remote at(URI endpoint) {
      return new Remote(protocol, endpoint, ownHeaders, forwarded, false);
    }

    /** Headers of the requests that no caller causes. */
    public Map<String, String> headers() {
      return headers(Told.NOBODY);
    }

    /**
     * Headers of a request for this caller, without those that need what is not known of the
     * caller; the same map each time if none is about the caller.
     *
     * @throws io.toolgate.problem.ProblemException when the caller's data cannot stand in them
     */
    public Map<String, String> headers(Told told) {
      return ownHeaders.headers(told);
    }

    @Override
    public boolean personal() {
      return ownHeaders.open();
    }

    @Override
    public String toString() {
      return protocol.name().toLowerCase(Locale.ROOT) + " " + HttpUrl.host(url).orElse("");
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
