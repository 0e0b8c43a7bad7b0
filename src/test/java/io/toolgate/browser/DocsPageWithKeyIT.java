package io.toolgate.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.product.Product;
import io.toolgate.product.Requires;
import io.toolgate.scripted.Scripted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page to browse and try tools, where callers prove who they are. */
@Tag("debian")
class DocsPageWithKeyIT {
  private static final String KEY = "a-key-for-everything-0123456789";

  @TempDir private static Path folder;
  private static Product product;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    Path program = Requires.chromium();
    product =
        Product.serving(
                Map.of("s", Product.definition(Scripted.stdio().withoutOddTools())),
                Map.of("MCP_API_KEY", KEY, "REQUIRE_USER", "false"))
            .proving("Authorization", "Bearer " + KEY)
            .awaitReady("s");
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

  private static Tab opened(String path) {
    return chromium.open(product.url() + path).await("!document.getElementById('proof').hidden");
  }

  private static void enter(Tab tab, String key) {
    tab.evaluate("document.querySelector('#proof input').value = '" + key + "'");
    tab.click("#proof button");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/s/docs"})
  void asksForTheKeyAndThenShowsAndCallsTheTools(String path) {
    Tab tab = opened(path);
    assertTrue(tab.text().contains("This needs a proof of who is calling"), tab.text());

    enter(tab, KEY);

    tab.await("document.getElementById('proof').hidden");
    tab.click(".opblock-tag");
    tab.click("[id='operations-s-s_structured'] .opblock-summary-control");
    tab.click("[id='operations-s-s_structured'] .execute");
    tab.await("document.querySelector('.live-responses-table')");
    assertTrue(tab.text().contains("\"degrees\": 21.5"), tab.text());
    assertEquals(List.of(), tab.violations());
  }

  @Test
  void saysThatAKeyIsWrongAndTakesAnother() {
    Tab tab = opened("/docs");

    enter(tab, "wrong");

    tab.await("document.querySelector('#proof output').textContent.includes('neither a key')");
    enter(tab, KEY);
    tab.await("document.querySelector('.opblock-tag')");
  }

  @Test
  void keepsTheKeyNowhereBeyondThePage() {
    Tab tab = opened("/docs");

    enter(tab, KEY);

    tab.await("document.querySelector('.opblock-tag')");
    assertTrue(
        tab.evaluate(
                "localStorage.length === 0 && sessionStorage.length === 0 && document.cookie === ''")
            .asBoolean());
    assertFalse(tab.evaluate("location.href").asText().contains(KEY));
    assertTrue(tab.requests().stream().noneMatch(url -> url.contains(KEY)));
    assertTrue(opened("/docs").evaluate("!document.querySelector('.opblock-tag')").asBoolean());
  }
}
