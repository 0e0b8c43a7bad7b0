package io.toolgate.scripted;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts the scripted server. Standard output belongs to the protocol from here on. */
public final class ScriptedServer {
  private ScriptedServer() {}

  /**
   * Serves until standard input ends, also over HTTP, so that no server outlives its test.
   *
   * @param arguments as {@link Option} lists them
   */
  public static void main(String... arguments) throws Exception {
    System.setOut(System.err);
    Options options = Options.parse(List.of(arguments));
    if (options.has(Option.IGNORE_TERM)) {
      ignoreTermination();
    }
    printErrors(options);
    exitIfAsked(options);
    Script script = new Script(options);
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    if (options.has(Option.HTTP)) {
      HttpFront.serve(script, out);
      System.in.transferTo(FileOutputStream.nullOutputStream());
    } else {
      new StdioTransport(script, out).serve(System.in);
    }
    if (options.has(Option.IGNORE_STDIN_EOF)) {
      new CountDownLatch(1).await();
    }
    Runtime.getRuntime().halt(0);
  }

  /** The JVM lives as long as one shutdown hook runs, and its other threads go on. */
  private static void ignoreTermination() {
    Thread stubborn =
        new Thread(
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(stubborn);
  }

  private static void printErrors(Options options) {
    options.all(Option.STDERR).forEach(System.err::println);
    for (int i = 0; i < options.number(Option.FLOOD_STDERR).orElse(0); i++) {
      System.err.println("e".repeat(100));
    }
  }

  private static void exitIfAsked(Options options) throws IOException {
    boolean healed =
        options.text(Option.HEALED_BY).map(file -> Files.exists(Path.of(file))).orElse(false);
    if (options.has(Option.EXIT_AT_START) && !healed) {
      Runtime.getRuntime().halt(options.number(Option.EXIT_AT_START).getAsInt());
    }
  }
}
