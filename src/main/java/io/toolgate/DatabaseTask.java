package io.toolgate;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.toolgate.database.DatabaseAddress;
import io.toolgate.database.DatabaseSettings;
import io.toolgate.database.SqlScript;
import io.toolgate.database.TableDump;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * What is done with the database of a Toolgate that runs elsewhere: {@code db-url}, {@code sql} and
 * {@code dump}.
 *
 * <p>Invariant: only what was asked for goes to standard output; the password stays in this process
 * but for {@code db-url}, which is asked for it.
 */
final class DatabaseTask {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DatabaseSettings settings;

  DatabaseTask(Config config) {
    this.settings = DatabaseSettings.of(config);
  }

  /**
   * @return the exit code
   * @throws ConfigurationException with a sentence, when there is no database to be reached
   */
  int run(Arguments arguments) {
    if (arguments.task() == Arguments.Task.DATABASE_URL) {
      System.out.println(settings.awaitServer(PATIENCE, System.err::println).uri());
      return 0;
    }
    if (arguments.task() == Arguments.Task.DUMP) {
      return TableDump.write(address(), System.out, System.err);
    }
    String name =
        arguments.statements().isPresent()
            ? "command line"
            : arguments.script().map(Path::toString).orElse("standard input");
    String text = arguments.statements().orElseGet(() -> text(arguments.script()));
    return new SqlScript(name, text).run(address(), System.out, System.err);
  }

  private DatabaseAddress address() {
    return settings.awaitTables(PATIENCE, System.err::println);
  }

  private static String text(Optional<Path> file) {
    String name = file.map(Path::toString).orElse("Standard input");
    try (InputStream in = file.isPresent() ? Files.newInputStream(file.get()) : System.in) {
      if (file.isEmpty() && System.console() != null) {
        System.err.println("Statements, ended by Ctrl-D:");
      }
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(bytes)
          .toString()
          .replaceFirst("^\uFEFF", "");
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(name + " is not UTF-8 text.");
    } catch (IOException e) {
      throw new ConfigurationException(name + " cannot be read.");
    }
  }
}
