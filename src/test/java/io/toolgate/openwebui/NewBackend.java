package io.toolgate.openwebui;

/**
 * The Python backend as in 0.11.x.
 *
 * <p>It strips the connection's URL, gives untyped schemas the type {@code string}, shows other
 * media types as data URIs and takes some successful answers for failures.
 */
public final class NewBackend extends Backend {
  public NewBackend() {
    super(new PythonConversion(Generation.NEW), new AnswerReading(Generation.NEW));
  }

  @Override
  String base(String url) {
    return url.replaceAll("/+$", "");
  }

  @Override
  boolean raisesWithoutArguments() {
    return false;
  }
}
