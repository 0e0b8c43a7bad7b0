package io.toolgate.openwebui;

import io.toolgate.product.NpmServer;
import io.toolgate.product.Product;
import io.toolgate.product.Requires;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on servers as published on npm; a scripted one does what none of them does. */
class RealServersContractIT extends OpenWebUiContract {
  @TempDir private static Path folder;
  private static Path file;
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    Requires.node();
    Path real = folder.toRealPath();
    file = Files.writeString(real.resolve("hello.txt"), "hello from a file\n");
    String memory = real.resolve("memory.jsonl").toString();
    product =
        Product.serving(
                Map.of(
                    "everything", NpmServer.EVERYTHING.stdio(),
                    "filesystem", NpmServer.FILESYSTEM.stdio(real.toString()),
                    "memory", NpmServer.MEMORY.stdio(Map.of("MEMORY_FILE_PATH", memory)),
                    "scripted", Product.definition(Scripted.stdio().withoutOddTools())))
            .awaitReady("everything", "filesystem", "memory", "scripted");
  }

  @AfterAll
  static void stop() {
    if (product != null) {
      product.close();
    }
  }

  @Override
  public String baseUrl() {
    return product.url();
  }

  @Override
  public Sample echo() {
    return Sample.of("everything_echo", "{'message': 'hello'}", "Echo: hello");
  }

  @Override
  public Sample withoutArguments() {
    return Sample.of("memory_read_graph", "{}", "entities");
  }

  @Override
  public Sample nullForOptional() {
    String arguments = "{'path': '" + file + "', 'head': null, 'tail': null}";
    return Sample.of("filesystem_read_text_file", arguments, "hello from a file");
  }

  @Override
  public Sample picture() {
    return Sample.of("everything_get-tiny-image", "{}", "iVBOR");
  }

  @Override
  public Sample severalTexts() {
    return Sample.of(
        "everything_get-resource-reference", "{'resourceId': 1}", "This is a plaintext resource");
  }

  @Override
  public Sample structured() {
    return Sample.of("everything_get-structured-content", "{'location': 'Chicago'}", "humidity");
  }

  @Override
  public Sample withoutResult() {
    return Sample.of("scripted_none", "{}", "");
  }

  @Override
  public Sample failing() {
    return Sample.of(
        "everything_get-resource-reference", "{'resourceId': -1}", "Invalid resourceId: -1");
  }

  @Override
  public Sample invalid() {
    return Sample.of("everything_get-sum", "{'a': 'x', 'b': 2}", "/a");
  }
}
