package io.toolgate.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.toolgate.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A page in a tab of the browser, and all it asked for and complained about since it was opened.
 */
final class Tab {
  private static final String COLLECT_VIOLATIONS =
      """
      window.violations = [];
      document.addEventListener('securitypolicyviolation',
          e => violations.push(e.effectiveDirective + ' ' + e.blockedURI));
      """;

  private final DevTools devTools;
  private final String session;

  Tab(DevTools devTools, String session, String url) {
    this.devTools = devTools;
    this.session = session;
    for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
      send(domain + ".enable", Map.of());
    }
    Map<String, ?> wide =
        Map.of("width", 1200, "height", 900, "deviceScaleFactor", 1, "mobile", false);
    send("Emulation.setDeviceMetricsOverride", wide);
    send("Page.addScriptToEvaluateOnNewDocument", Map.of("source", COLLECT_VIOLATIONS));
    send("Page.navigate", Map.of("url", url));
    await("location.href != 'about:blank' && document.readyState == 'complete'");
  }

  private JsonNode send(String method, Map<String, ?> params) {
    return devTools.send(session, method, params);
  }

  /**
   * The value of an expression in the page; of a promise, what it is kept with.
   *
   * @throws AssertionError with the page's own words when it throws or the promise is broken
   */
  JsonNode evaluate(String expression) {
    Map<String, ?> params =
        Map.of("expression", expression, "awaitPromise", true, "returnByValue", true);
    JsonNode answer = send("Runtime.evaluate", params);
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(answer.at("/exceptionDetails/exception/description").asText());
    }
    JsonNode value = answer.at("/result/value");
    return value.isMissingNode() ? MissingNode.getInstance() : value;
  }

  /** Waits until an expression is true in the page. */
  Tab await(String condition) {
    Await.until(condition, () -> evaluate("Boolean(" + condition + ")").asBoolean(), this::text);
    return this;
  }

  /** Clicks with the mouse on the middle of the first element that a CSS selector finds. */
  void click(String selector) {
    String element = "document.querySelector(" + DevTools.JSON.valueToTree(selector) + ")";
    await(element);
    JsonNode middle = middleOf(element);
    for (JsonNode before = null; !middle.equals(before); middle = middleOf(element)) {
      before = middle; // the page may still move what it shows
    }
    for (String type : List.of("mousePressed", "mouseReleased")) {
      Map<String, ?> event =
          Map.of(
              "type",
              type,
              "x",
              middle.get("x"),
              "y",
              middle.get("y"),
              "button",
              "left",
              "clickCount",
              1);
      send("Input.dispatchMouseEvent", event);
    }
  }

  /** Where it is after the next frame is drawn. */
  private JsonNode middleOf(String element) {
    return evaluate(
        "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() => "
            + "(e => {e.scrollIntoView({block: 'center', behavior: 'instant'});"
            + " const r = e.getBoundingClientRect();"
            + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}})("
            + element
            + "))");
  }

  /** What a reader of the page sees. */
  String text() {
    return evaluate("document.body.innerText").asText();
  }

  /** The URLs the page asked for: not those within itself, nor those its policy forbade. */
  List<String> requests() {
    Set<String> forbidden =
        events("Network.loadingFailed").stream()
            .filter(event -> event.path("blockedReason").asText().equals("csp"))
            .map(event -> event.path("requestId").asText())
            .collect(Collectors.toSet());
    return events("Network.requestWillBeSent").stream()
        .filter(event -> !forbidden.contains(event.path("requestId").asText()))
        .map(event -> event.at("/request/url").asText())
        .filter(url -> !url.startsWith("data:"))
        .toList();
  }

  /** What the content security policy kept the page from. */
  List<String> violations() {
    return DevTools.JSON.convertValue(
        evaluate("violations"),
        DevTools.JSON.getTypeFactory().constructCollectionType(List.class, String.class));
  }

  /** Exceptions in the page, and what the browser itself calls an error. */
  List<String> errors() {
    List<String> errors =
        new ArrayList<>(
            events("Runtime.exceptionThrown").stream().map(JsonNode::toString).toList());
    events("Log.entryAdded").stream()
        .map(event -> event.path("entry"))
        .filter(entry -> entry.path("level").asText().equals("error"))
        .forEach(entry -> errors.add(entry.path("text").asText()));
    return errors;
  }

  private List<JsonNode> events(String method) {
    return devTools.events().stream()
        .filter(event -> event.path("sessionId").asText().equals(session))
        .filter(event -> event.path("method").asText().equals(method))
        .map(event -> event.path("params"))
        .toList();
  }
}
