package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.audit.AccessLog;
import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.Catalogs;
import io.toolgate.catalog.Tool;
import io.toolgate.identity.Caller;
import io.toolgate.policy.Access;
import io.toolgate.policy.Policy;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.result.ToolResult;
import io.toolgate.upstream.Upstream;
import io.toolgate.upstream.Upstreams;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * The path of a call, in the order of its steps: access, look-up, arguments, upstream, mapping, audit.
 *
 * <p>Invariants: a call ends, with an answer or a {@link ProblemException}, and is written to the access log once; it
 * reaches the server at most once; nothing but a problem's own words leaves this class.
 *
 * <p>Threading: the steps before the upstream run on the caller's thread and do not block; the others on the thread
 * that received the answer.
 */
@ApplicationScoped
public class ToolCalls {
  private static final Logger LOG = Logger.getLogger("toolgate.call");

  private final Policy policy;
  private final Catalogs catalogs;
  private final ArgumentChecks checks;
  private final Upstreams upstreams;
  private final AccessLog accessLog;
  private final Duration timeout;

  ToolCalls(
      Policy policy,
      Catalogs catalogs,
      ArgumentChecks checks,
      Upstreams upstreams,
      AccessLog accessLog,
      CallSettings settings) {
    this.policy = policy;
    this.catalogs = catalogs;
    this.checks = checks;
    this.upstreams = upstreams;
    this.accessLog = accessLog;
    this.timeout = settings.timeout();
  }

  /**
   * Calls a tool.
   *
   * @param requestId for the log
   * @param body the request's body as it came, may be empty
   * @return the answer as JSON, never null; or a {@link ProblemException}. Cancelling it cancels the call upstream.
   */
  public CompletableFuture<JsonNode> call(
      String requestId, Caller.Anonymous caller, ToolAddress address, byte[] body) {
    long start = System.nanoTime();
    Optional<Tool> tool = address.findIn(catalogs.current());
    String server = tool.map(Tool::server).orElseGet(address::server);
    String name = tool.map(found -> found.mcp().name()).orElseGet(address::tool);
    CompletableFuture<JsonNode> upstreamCall;
    try {
      upstreamCall = begin(policy.accessOf(caller), address, tool, body);
    } catch (RuntimeException e) {
      upstreamCall = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    upstreamCall.whenComplete(
        (result, failure) -> {
          ProblemException problem = null;
          JsonNode json = null;
          try {
            json = failure == null ? ToolResult.toJson(result) : null;
          } catch (RuntimeException e) {
            problem = problem(e, requestId);
          }
          if (failure != null) {
            problem = problem(failure, requestId);
          }
          int status = problem == null ? 200 : problem.problem().status();
          accessLog.called(
              requestId, caller, server, name, tool.isPresent(), status, System.nanoTime() - start);
          if (problem == null) {
            answer.complete(json);
          } else {
            answer.completeExceptionally(problem.at(server.isEmpty() ? null : server, name));
          }
        });
    CompletableFuture<JsonNode> running = upstreamCall;
    answer.whenComplete(
        (json, failure) -> {
          if (answer.isCancelled()) {
            running.cancel(false);
          }
        });
    return answer;
  }

  private CompletableFuture<JsonNode> begin(
      Access access, ToolAddress address, Optional<Tool> found, byte[] body) {
    Tool tool = found.orElseThrow(() -> unknown(access, address));
    if (!access.grants(tool.server())) {
      throw notGranted(tool.server());
    }
    ArgumentCheck check = checks.of(tool);
    ObjectNode arguments =
        check.check(Arguments.unwrap(RequestBody.read(body), tool.mcp().inputSchema()));
    Upstream upstream =
        upstreams
            .find(tool.server())
            .orElseThrow(() -> Problem.NOT_FOUND.because("There is no server \"" + tool.server() + "\"."));
    return upstream.call(
        tool.mcp().name(), arguments, upstream.definition().timeout().orElse(timeout));
  }

  private ProblemException unknown(Access access, ToolAddress address) {
    Optional<Upstream> upstream = upstreams.find(address.server());
    if (upstream.isEmpty()) {
      return Problem.NOT_FOUND.because(
          address.server().isEmpty()
              ? "There is no tool here. Tools answer at POST /{server}/{tool}; GET /tools lists them."
              : "There is no such server. GET /servers lists them.");
    }
    if (!access.grants(address.server())) {
      return notGranted(address.server());
    }
    return upstream
        .get()
        .whyDown()
        .orElseGet(
            () ->
                Problem.NOT_FOUND.because(
                    "The server has no such tool. GET /" + address.server() + " lists its tools."));
  }

  private static ProblemException notGranted(String server) {
    return Problem.NOT_GRANTED.because(
        "You have no access to the tools of \"" + server + "\". Ask an administrator to grant it.");
  }

  private static ProblemException problem(Throwable failure, String requestId) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ProblemException problem) {
      return problem;
    }
    if (cause instanceof java.util.concurrent.CancellationException) {
      return Problem.OUTCOME_UNKNOWN.because("The caller went away before the answer came.");
    }
    LOG.errorf(cause, "A call failed because of a fault of ours, request %s", requestId);
    return Problem.INTERNAL.because("Something went wrong here. The log names the reason under this request id.");
  }
}
