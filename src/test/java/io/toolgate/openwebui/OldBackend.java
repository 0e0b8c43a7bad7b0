package io.toolgate.openwebui;

/**
 * The Python backend as in 0.6.x.
 *
 * <p>It does not strip the connection's URL, cleans no schema, and one schema it cannot walk (a
 * circular {@code $ref}, a boolean) or one path item with anything but operations costs all tools.
 * Up to 0.6.32 a call without arguments is not sent where the operation declares a body.
 */
public final class OldBackend extends Backend {
  public OldBackend() {
    super(new PythonConversion(Generation.OLD), new AnswerReading(Generation.OLD));
  }

  @Override
  String base(String url) {
    return url;
  }

  @Override
  boolean raisesWithoutArguments() {
    return true;
  }
}
