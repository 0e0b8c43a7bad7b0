package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Reads all pages of {@code tools/list}. An entry that is no tool, or too large for one, costs only
 * itself. A list that does not end is ended with what was read: where the server gives a cursor
 * again, knows no page to the one it gave, or goes on without saying anything new.
 *
 * <p>It is asked of every server: one that declares no tools may have some all the same.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools#listing-tools">MCP,
 *     Listing tools</a>
 */
final class ToolList {
  private static final Logger LOG = Logger.getLogger("toolgate.session");
  private static final int MAX_TOOLS = 20_000;
  private static final int MAX_PAGES = 2_000;
  private static final int MAX_PAGES_WITHOUT_NEWS = 50;

  /** Characters of one tool with its schemas, and of all. */
  private static final int LARGEST_TOOL = 1024 * 1024;

  private static final int LARGEST_LIST = 64 * 1024 * 1024;

  /** So long one that has not said that it has tools may take to say that it has none. */
  private static final Duration UNDECLARED = Duration.ofSeconds(15);

  /**
   * Members of a page, in all revisions; one without tools but with others answers something else.
   */
  private static final Set<String> OF_A_PAGE =
      Set.of("tools", "nextCursor", "_meta", "resultType", "ttlMs", "cacheScope");

  private final String server;
  private final McpSession session;
  private final Duration timeout;
  private final long lastMoment;
  private final Map<String, McpTool> tools = new LinkedHashMap<>();
  private final Set<JsonNode> cursors = new HashSet<>();
  private int room = LARGEST_LIST;
  private int pagesWithoutNews;

  private ToolList(String server, McpSession session, Duration timeout) {
    this.server = server;
    this.session = session;
    this.timeout = timeout;
    this.lastMoment = System.nanoTime() + timeout.toNanos() / 2;
  }

  /**
   * @param timeout of a page; half of it is the time after which no further one is asked for
   */
  static CompletableFuture<List<McpTool>> read(
      String server, McpSession session, Duration timeout) {
    return new ToolList(server, session, timeout).first();
  }

  private CompletableFuture<List<McpTool>> first() {
    if (session.declaresTools()) {
      return page(Json.MAPPER.createObjectNode(), timeout);
    }
    Duration half = timeout.dividedBy(2);
    return page(Json.MAPPER.createObjectNode(), half.compareTo(UNDECLARED) < 0 ? half : UNDECLARED)
        .exceptionallyCompose(
            failure -> {
              Throwable cause = Attempt.cause(failure);
              if (!(cause instanceof ProblemException problem)) {
                return CompletableFuture.failedFuture(cause);
              }
              if (problem.problem() != Problem.NOT_FOUND) {
                session.warnOnce(
                    "it declares no tools, and fails when it is asked for them: "
                        + session.shown(problem.detail()));
              }
              return CompletableFuture.completedFuture(all());
            });
  }

  private CompletableFuture<List<McpTool>> page(ObjectNode params, Duration patience) {
    return session
        .request("tools/list", params, patience)
        .thenCompose(
            page -> {
              add(page);
              JsonNode cursor = page.path("nextCursor");
              if (cursor.isNull() || !cursor.isValueNode()) {
                return CompletableFuture.completedFuture(all());
              }
              String doubt = doubt(cursor);
              return doubt.isEmpty() ? following(cursor) : ended(doubt);
            });
  }

  /** Why the list does not end; empty while it may. */
  private String doubt(JsonNode cursor) {
    if (!cursors.add(cursor)) {
      return "it gives a cursor again that it gave before";
    }
    if (cursors.size() > MAX_PAGES || pagesWithoutNews > MAX_PAGES_WITHOUT_NEWS) {
      return "it has page after page";
    }
    return System.nanoTime() - lastMoment > 0 ? "it takes too long" : "";
  }

  private CompletableFuture<List<McpTool>> following(JsonNode cursor) {
    ObjectNode params = Json.MAPPER.createObjectNode();
    params.set("cursor", cursor);
    return page(params, timeout)
        .exceptionallyCompose(
            failure ->
                isAboutCursor(cursor, Attempt.cause(failure))
                    ? ended("it has no page to a cursor that it gave")
                    : CompletableFuture.failedFuture(Attempt.cause(failure)));
  }

  /** Any error answers a cursor that was not meant as one; others may be a passing failure. */
  private static boolean isAboutCursor(JsonNode cursor, Throwable failure) {
    if (!(failure instanceof ProblemException problem)) {
      return false;
    }
    return switch (problem.problem()) {
      case INVALID_ARGUMENTS, NOT_FOUND -> true;
      case UPSTREAM_INVALID -> cursor.asText().isEmpty();
      default -> false;
    };
  }

  private CompletableFuture<List<McpTool>> ended(String doubt) {
    session.warnOnce("its tool list does not end, because " + doubt + "; what was read counts");
    return CompletableFuture.completedFuture(all());
  }

  private List<McpTool> all() {
    return List.copyOf(tools.values());
  }

  /** A list without elements is absent or null, as some languages write it. */
  private void add(JsonNode page) {
    JsonNode list = page.path("tools");
    boolean absent = list.isNull() || list.isMissingNode();
    boolean answersThis =
        page.properties().stream().allMatch(member -> OF_A_PAGE.contains(member.getKey()));
    if (absent ? !answersThis : !list.isArray()) {
      throw Problem.UPSTREAM_INVALID.because(
          "The server's answer to tools/list has no list of tools.");
    }
    int before = tools.size();
    list.forEach(this::addTool);
    pagesWithoutNews = tools.size() > before ? 0 : pagesWithoutNews + 1;
  }

  private void addTool(JsonNode entry) {
    String name = entry.path("name").asText("");
    if (!entry.isObject() || !entry.path("name").isTextual() || name.isEmpty()) {
      session.warnOnce("an entry of its tool list has no name and is left out");
      return;
    }
    McpTool known = tools.get(name);
    if (known != null) {
      if (!known.json().equals(entry)) {
        session.warnOnce("tool " + session.shown(name) + " is listed twice; the first one counts");
      }
      return;
    }
    int size = entry.toString().length();
    room -= size;
    if (room < 0 || tools.size() >= MAX_TOOLS) {
      throw Problem.UPSTREAM_INVALID.because("The server's tool list is too large.");
    }
    if (size > LARGEST_TOOL) {
      session.warnOnce(
          "the description of tool %s is larger than %d KB; the tool is left out"
              .formatted(session.shown(name), LARGEST_TOOL >> 10));
    } else {
      tools.put(name, new McpTool((ObjectNode) entry));
    }
  }
}
