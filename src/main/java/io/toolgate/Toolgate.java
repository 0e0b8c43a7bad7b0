package io.toolgate;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program: turns the command line into settings and starts. */
@QuarkusMain
public final class Toolgate {
  private static final int USAGE = 2;

  private Toolgate() {}

  public static void main(String... words) {
    Arguments arguments;
    try {
      arguments = Arguments.parse(words);
    } catch (IllegalArgumentException e) {
      System.err.println("toolgate: " + e.getMessage() + "\nTry './toolgate --help'.");
      System.exit(USAGE);
      return;
    }
    if (arguments.help()) {
      System.out.print(resource("/help.txt"));
    } else if (arguments.version()) {
      System.out.println("toolgate " + resource("/version.txt").strip());
    } else {
      start(arguments);
    }
  }

  private static void start(Arguments arguments) {
    List<String> mistakes = Preflight.mistakes(System.getenv(), arguments.settings());
    if (!mistakes.isEmpty()) {
      mistakes.forEach(mistake -> System.err.println("toolgate: " + mistake));
      System.exit(1);
    }
    arguments.settings().forEach(System::setProperty);
    Quarkus.run();
  }

  private static String resource(String name) {
    try (InputStream in = Toolgate.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
