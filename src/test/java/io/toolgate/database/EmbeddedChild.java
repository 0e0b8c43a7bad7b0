package io.toolgate.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link EmbeddedProgram} as a process. */
record EmbeddedChild(Process process, DatabaseAddress address) {
  static EmbeddedChild start(List<String> prefix, String classPath, Path data) throws IOException {
    List<String> words = new ArrayList<>(prefix);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath));
    words.addAll(List.of(EmbeddedProgram.class.getName(), data.toString()));
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).directory(data.toFile()).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> printed = new ArrayList<>();
    String line;
    while ((line = out.readLine()) != null) {
      if (line.startsWith("ready ")) {
        return new EmbeddedChild(process, new AddressReader("line").read(line.substring(6)));
      }
      printed.add(line);
    }
    throw new AssertionError(String.join("\n", printed));
  }

  /** As a power cut would end it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
