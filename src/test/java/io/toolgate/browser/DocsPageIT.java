package io.toolgate.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.product.Product;
import io.toolgate.product.Requires;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page to browse and try tools. */
@Tag("debian")
class DocsPageIT {
  /** Descriptions come from strangers: this one wants to run a script and to tell its author. */
  private static final String HOSTILE =
      """
      [{"name": "hostile", "inputSchema": {"type": "object"}, "description":
        "<script>window.hostile=1</script><img src=x onerror='window.hostile=2'>\\n\\n\
      ![seen](http://foreign.test/seen.png)\\n\\n[link](javascript:window.hostile=3)\\n\\n\
      <iframe src='http://foreign.test/'></iframe><style>body{display:none}</style>"}]
      """;

  @TempDir private static Path folder;
  private static Product product;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    Path program = Requires.chromium();
    Path hostile = Files.writeString(folder.resolve("hostile.json"), HOSTILE);
    product =
        Product.serving(
                Map.of(
                    "everything", Product.definition(Scripted.stdio()),
                    "other", Product.definition(Scripted.stdio().withoutBuiltins().count(3)),
                    "hostile",
                        Product.definition(Scripted.stdio().withoutBuiltins().tools(hostile))))
            .awaitReady("everything", "other", "hostile");
    chromium = new Chromium(program, folder.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (product != null) {
      product.close();
    }
  }

  /** The page with all groups of operations open. */
  private static Tab opened(String path) {
    Tab tab = chromium.open(product.url() + path).await("document.querySelector('.opblock-tag')");
    tab.evaluate(
        "document.querySelectorAll('.opblock-tag[data-is-open=false]').forEach(t => t.click())");
    return tab.await("!document.querySelector('.opblock-tag[data-is-open=false]')");
  }

  /** Opens the operation and executes it with the arguments that the page proposes. */
  private static void execute(Tab tab, String operationId) {
    String operation = "[id='operations-everything-" + operationId + "'] ";
    tab.click(operation + ".opblock-summary-control");
    tab.click(operation + ".execute");
    tab.await("document.querySelector('.live-responses-table')");
  }

  private static String answer(Tab tab) {
    return tab.evaluate("document.querySelector('.live-responses-table').innerText").asText();
  }

  private static String paths(JsonNode document) {
    List<String> paths = new ArrayList<>();
    document.path("paths").fieldNames().forEachRemaining(paths::add);
    return String.join("\n", paths);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/everything"})
  void everyOperationIsShown(String server) {
    Tab tab = opened(server + "/docs");

    String shown =
        tab.evaluate(
                "[...document.querySelectorAll('.opblock-summary-path')]"
                    + ".map(e => e.dataset.path).join('\\n')")
            .asText();

    assertEquals(paths(product.get(server + "/openapi.json").json()), shown);
    assertTrue(shown.contains("/structured"), shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/everything"})
  void allThePageLoadsComesFromToolgate(String server) {
    Tab tab = opened(server + "/docs");

    assertTrue(tab.requests().size() >= 5, tab.requests().toString());
    for (String url : tab.requests()) {
      assertTrue(url.startsWith(product.url() + "/"), url);
    }
    assertEquals(List.of(), tab.violations());
    assertEquals(List.of(), tab.errors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/everything"})
  void executeCallsTheToolAndShowsItsAnswer(String server) {
    Tab tab = opened(server + "/docs");

    execute(tab, "everything_structured");

    String answer = answer(tab);
    assertTrue(answer.contains("200"), answer);
    assertTrue(answer.contains("\"degrees\": 21.5"), answer);
    assertEquals(List.of(), tab.violations());
    assertTrue(tab.requests().contains(product.url() + "/everything/structured"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"with/slash", "%41", "a?b#c", ".."})
  void toolsWithOddNamesAreExecuted(String name) {
    Tab tab = opened("/docs");

    execute(tab, operationId(name));

    assertTrue(answer(tab).contains("\"tool\": \"" + name + "\""), answer(tab));
  }

  private static String operationId(String name) {
    for (JsonNode tool : product.get("/everything").json().path("tools")) {
      if (tool.path("name").asText().equals(name)) {
        return tool.path("operationId").asText();
      }
    }
    throw new AssertionError("no tool " + name);
  }

  @Test
  void descriptionsOfStrangersRunNothingAndReachNobody() {
    Tab tab = opened("/hostile/docs");

    tab.click(".opblock-summary-control");

    tab.await("document.querySelector('.opblock-description img')");
    tab.await("violations.some(v => v.startsWith('img-src'))");
    assertTrue(tab.violations().contains("img-src http://foreign.test/seen.png"));
    assertTrue(tab.requests().stream().noneMatch(url -> url.contains("foreign")));
    assertTrue(tab.evaluate("window.hostile === undefined").asBoolean());
    assertTrue(tab.evaluate("document.querySelector('iframe') === null").asBoolean());
    assertTrue(tab.text().contains("Execute"), tab.text());
  }
}
