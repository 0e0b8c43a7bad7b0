package io.toolgate.openwebui;

import io.toolgate.product.Product;
import io.toolgate.scripted.Scripted;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a server whose tools have names and schemas as strange as they come. */
class OddToolsContractIT extends OpenWebUiContract {
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        Product.serving(Map.of("scripted", Product.definition(Scripted.stdio().brokenEntries())))
            .awaitReady("scripted");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Override
  public String baseUrl() {
    return product.url();
  }

  @Override
  public Sample echo() {
    return Sample.of("scripted_echo", "{'message': 'hello'}", "hello");
  }

  @Override
  public Sample withoutArguments() {
    return Sample.of("scripted_many", "{}", "first");
  }

  @Override
  public Sample nullForOptional() {
    return Sample.of("scripted_structured", "{'city': null}", "Bern");
  }

  @Override
  public Sample picture() {
    return Sample.of("scripted_image", "{}", "iVBOR");
  }

  @Override
  public Sample severalTexts() {
    return Sample.of("scripted_many", "{}", "007");
  }

  @Override
  public Sample structured() {
    return Sample.of("scripted_structured", "{'city': 'Rome'}", "Rome");
  }

  @Override
  public Sample withoutResult() {
    return Sample.of("scripted_none", "{}", "");
  }

  @Override
  public Sample failing() {
    return Sample.of("scripted_fail", "{'message': 'The disk is full.'}", "disk is full");
  }

  @Override
  public Sample invalid() {
    return Sample.of("scripted_add", "{'a': 'x', 'b': 2}", "/a");
  }
}
