package io.toolgate;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** The program: turns the command line into settings, and does what it asks for. */
@QuarkusMain
public final class Toolgate {
  private static final int FAILED = 1;
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
    switch (arguments.task()) {
      case HELP -> System.out.print(resource("/help.txt"));
      case VERSION -> System.out.println("toolgate " + resource("/version.txt").strip());
      default -> configured(arguments);
    }
  }

  private static void configured(Arguments arguments) {
    arguments.settings().forEach(System::setProperty);
    String home = System.getProperty("toolgate.home", "");
    endWith(Preflight.unreadable(System.getenv(), home));
    if (arguments.task() == Arguments.Task.SERVE) {
      endWith(Preflight.mistakes(System.getenv(), arguments.settings()));
      Preflight.hints(System.getenv()).forEach(hint -> System.err.println("toolgate: " + hint));
      Quarkus.run();
      return;
    }
    try {
      int code =
          arguments.task() == Arguments.Task.CHECK
              ? new Check(ConfigProvider.getConfig()).run(System.out)
              : new DatabaseTask(ConfigProvider.getConfig()).run(arguments);
      System.exit(code);
    } catch (ConfigurationException e) {
      endWith(List.of(e.getMessage()));
    }
  }

  /** Nothing is started where there is a mistake. */
  private static void endWith(List<String> mistakes) {
    if (!mistakes.isEmpty()) {
      mistakes.forEach(mistake -> System.err.println("toolgate: " + mistake));
      System.exit(FAILED);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Toolgate.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
