package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.toolgate.audit.AccessLog;
import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.Catalogs;
import io.toolgate.catalog.Tool;
import io.toolgate.identity.Authentication;
import io.toolgate.identity.Caller;
import io.toolgate.identity.RequestHeaders;
import io.toolgate.policy.Access;
import io.toolgate.policy.Policy;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.result.ToolResult;
import io.toolgate.upstream.ToolCall;
import io.toolgate.upstream.Upstream;
import io.toolgate.upstream.Upstreams;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The path of a call, in the order of its steps: look-up, caller, access, body, arguments,
 * upstream, mapping, audit.
 *
 * <p>Invariants: a call ends, with an answer or a {@link ProblemException}, and is written to the
 * access log once; it reaches the server at most once; nothing but a problem's own words leaves
 * this class; nothing of the body is read before the caller is known to have access.
 *
 * <p>Threading: nothing blocks. The steps before the upstream run on the thread that read the body,
 * large bodies on a worker; the others on the one that received the answer.
 */
@Singleton
public class ToolCalls {
  private static final int SMALL = 32 * 1024;
  private static final Logger LOG = Logger.getLogger("toolgate.call");

  private final Authentication authentication;
  private final Policy policy;
  private final Requesters requesters;
  private final Catalogs catalogs;
  private final ArgumentChecks checks;
  private final Upstreams upstreams;
  private final AccessLog accessLog;

  ToolCalls(
      Authentication authentication,
      Policy policy,
      Requesters requesters,
      Catalogs catalogs,
      ArgumentChecks checks,
      Upstreams upstreams,
      AccessLog accessLog) {
    this.authentication = authentication;
    this.policy = policy;
    this.requesters = requesters;
    this.catalogs = catalogs;
    this.checks = checks;
    this.upstreams = upstreams;
    this.accessLog = accessLog;
  }

  /**
   * Calls a tool.
   *
   * @param requestId for the log
   * @param headers of the request
   * @param body reads the request's body, which may be empty
   * @return the answer as JSON, never null; or a {@link ProblemException}. Cancelling it cancels
   *     the call upstream.
   */
  public CompletableFuture<JsonNode> call(
      String requestId,
      Caller caller,
      ToolAddress address,
      RequestHeaders headers,
      Supplier<CompletableFuture<byte[]>> body) {
    long start = System.nanoTime();
    Catalog catalog = catalogs.current();
    Optional<Tool> tool = address.findIn(catalog);
    String server = tool.map(Tool::server).orElseGet(() -> address.serverIn(catalog));
    String name = tool.map(Tool::name).orElseGet(address::tool);
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answer.whenComplete(
        (json, failure) -> {
          int status = failure == null ? 200 : problem(failure, requestId).problem().status();
          accessLog.called(
              requestId,
              caller,
              address.group(),
              server,
              name,
              tool.isPresent(),
              status,
              System.nanoTime() - start);
        });
    try {
      if (caller instanceof Caller.Service && authentication.userRequired()) {
        throw Authentication.userMissing();
      }
      Access access = access(caller, address);
      Tool granted = granted(access, catalog, address, server, tool);
      body.get()
          .thenCompose(bytes -> judged(granted, bytes))
          .thenCompose(arguments -> send(granted, arguments, caller, access, headers, answer))
          .whenComplete(
              (json, failure) -> {
                if (failure == null) {
                  answer.complete(json);
                } else {
                  answer.completeExceptionally(problem(failure, requestId).at(server, name));
                }
              });
    } catch (ProblemException e) {
      answer.completeExceptionally(placed(e, server, address));
    }
    return answer;
  }

  /**
   * The tool at an address, for who may call it.
   *
   * @throws ProblemException what a call of it would be told
   */
  public Tool find(Caller caller, ToolAddress address) {
    Catalog catalog = catalogs.current();
    Optional<Tool> tool = address.findIn(catalog);
    String server = tool.map(Tool::server).orElseGet(() -> address.serverIn(catalog));
    try {
      return granted(access(caller, address), catalog, address, server, tool);
    } catch (ProblemException e) {
      throw placed(e, server, address);
    }
  }

  private Tool granted(
      Access access, Catalog catalog, ToolAddress address, String server, Optional<Tool> tool) {
    Upstream upstream =
        upstreams
            .find(server)
            .orElseThrow(() -> address.couldBe() ? noSuchServer() : ToolAddress.nothing());
    return new Granted(catalog, access::grants, of -> access.toolsOf(of, catalog.names(of)))
        .tool(server, address.tool(), tool, () -> upstream.whyDown(access.diagnoses()));
  }

  /** Names server and tool where somebody has meant them. */
  private ProblemException placed(ProblemException problem, String server, ToolAddress address) {
    boolean meant = address.couldBe() || upstreams.find(server).isPresent();
    return meant ? problem.at(server.isEmpty() ? null : server, address.tool()) : problem;
  }

  private static ProblemException noSuchServer() {
    return Problem.NOT_FOUND.because("There is no such server. GET /servers lists them.");
  }

  private Access access(Caller caller, ToolAddress address) {
    return address
        .group()
        .map(group -> policy.accessOf(caller, group).orElseThrow(Policy::noSuchGroup))
        .orElseGet(() -> policy.accessOf(caller));
  }

  /**
   * Small bodies are judged where they arrived; what may take long must not stop the event loop.
   */
  private CompletableFuture<ObjectNode> judged(Tool tool, byte[] body) {
    return body.length <= SMALL
        ? CompletableFuture.completedFuture(judge(tool, body))
        : CompletableFuture.supplyAsync(
            () -> judge(tool, body), Infrastructure.getDefaultWorkerPool());
  }

  private ObjectNode judge(Tool tool, byte[] body) {
    return checks.judge(tool, RequestBody.read(body));
  }

  /** The server may have been defined anew while the body came. */
  private CompletableFuture<JsonNode> send(
      Tool tool,
      ObjectNode arguments,
      Caller caller,
      Access access,
      RequestHeaders headers,
      CompletableFuture<JsonNode> answer) {
    Upstream upstream = upstreams.find(tool.server()).orElseThrow(ToolCalls::noSuchServer);
    CompletableFuture<JsonNode> result =
        upstream.call(
            new ToolCall(
                tool.name(),
                arguments,
                tool.mcp().repeatable(),
                TraceContext.of(headers),
                requesters.of(caller, access, upstream, headers)));
    answer.whenComplete(
        (json, failure) -> {
          if (answer.isCancelled()) {
            result.cancel(false);
          }
        });
    return result.thenApply(answered -> mapped(answered, upstream));
  }

  /** A tool's own text in an error is masked like everything else a server says about itself. */
  private static JsonNode mapped(JsonNode result, Upstream upstream) {
    try {
      return ToolResult.toJson(result);
    } catch (ProblemException failure) {
      throw failure.reworded(upstream::masked);
    }
  }

  private static ProblemException problem(Throwable failure, String requestId) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ProblemException problem) {
      return problem;
    }
    if (cause instanceof CancellationException) {
      return Problem.OUTCOME_UNKNOWN.because("The caller went away before the answer came.");
    }
    LOG.errorf(cause, "A call failed because of a fault of ours, request %s", requestId);
    return Problem.INTERNAL.because(
        "Something went wrong here. The log names the reason under this request id.");
  }
}
