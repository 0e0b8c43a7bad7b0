package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A folder of tenant files with the environment they are read in. */
final class TenantFixture {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> predefined = new HashMap<>();
  private Enablement enablement = new Enablement(false, Set.of(), Set.of());

  TenantFixture(Path folder) {
    this.folder = folder;
  }

  TenantFixture set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  TenantFixture predefine(String variable, String value) {
    predefined.put(variable, value);
    return this;
  }

  TenantFixture with(Enablement newEnablement) {
    enablement = newEnablement;
    return this;
  }

  TenantFixture file(String name, String json) {
    try {
      Files.writeString(folder.resolve(name), json);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return this;
  }

  Variables variables() {
    return Variables.of(environment, predefined);
  }

  Definitions read() {
    return read(folder);
  }

  Definitions read(Path... paths) {
    return TenantFiles.read(List.of(paths), variables(), enablement);
  }

  /** The server {@code s} of a file {@code x.json}. */
  ServerDefinition server(String json) {
    return file("x.json", "{\"mcpServers\": {\"s\": " + json + "}}").read().find("s").orElseThrow();
  }

  /** Warnings about the server {@code s}, without file and start of the pointer. */
  List<String> warnings(String json) {
    file("x.json", "{\"mcpServers\": {\"s\": " + json + "}}");
    return read().warnings().stream()
        .map(line -> line.replace(folder + "/x.json#/mcpServers/s", ""))
        .toList();
  }

  /** Mistakes of the server {@code s}, likewise. */
  List<String> mistakes(String json) {
    file("x.json", "{\"mcpServers\": {\"s\": " + json + "}}");
    return mistakes().stream().map(line -> line.replace("x.json#/mcpServers/s", "")).toList();
  }

  /** All mistakes of the folder, one line each, with the files' bare names. */
  List<String> mistakes() {
    TenantMistakes mistakes = assertThrows(TenantMistakes.class, this::read);
    return mistakes.getMessage().replace(folder + "/", "").lines().toList();
  }
}
