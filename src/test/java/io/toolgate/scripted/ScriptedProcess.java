package io.toolgate.scripted;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A scripted server that a test has started; closing it kills it and its children. */
public final class ScriptedProcess implements AutoCloseable {
  private static final String LISTENING = "listening on ";

  private final Process process;
  private final Optional<URI> url;

  private ScriptedProcess(Process process, Optional<URI> url) {
    this.process = process;
    this.url = url;
  }

  static ScriptedProcess start(List<String> command, boolean http) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new ScriptedProcess(process, http ? Optional.of(firstLine(process)) : Optional.empty());
  }

  private static URI firstLine(Process process) throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (line == null || !line.startsWith(LISTENING)) {
      process.destroyForcibly();
      throw new IllegalStateException("the scripted server does not listen but says " + line);
    }
    return URI.create(line.substring(LISTENING.length()));
  }

  public Process process() {
    return process;
  }

  /** Where it serves MCP; only over HTTP. */
  public URI url() {
    return url.orElseThrow();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
