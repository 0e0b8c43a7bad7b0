package io.toolgate.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.toolgate.text.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;

/**
 * Which database: {@code DATABASE_URL}, or the file that {@code DATABASE_URL_FILE} names, or the
 * embedded one in the data folder.
 *
 * <p>The variables are read as they stand, because a password may hold what is an expression in
 * other settings.
 *
 * @param external empty for the embedded one
 * @param data Toolgate's data folder
 * @param seeds folder of the operator's own SQL files, which need not be there
 */
public record DatabaseSettings(Optional<DatabaseAddress> external, Path data, Path seeds) {
  private static final String URL = "DATABASE_URL";
  private static final String FILE = "DATABASE_URL_FILE";

  /**
   * @throws ConfigurationException with a sentence that does not contain the address
   */
  public static DatabaseSettings of(Config config) {
    return of(
        value(config, URL),
        value(config, FILE),
        config.getValue("toolgate.data", Path.class),
        config.getValue("toolgate.seeds", Path.class));
  }

  static DatabaseSettings of(Optional<String> url, Optional<String> file, Path data, Path seeds) {
    if (url.isPresent() && file.isPresent()) {
      throw new ConfigurationException(
          "DATABASE_URL and DATABASE_URL_FILE are both set; set one of them.");
    }
    return new DatabaseSettings(
        url.map(text -> new AddressReader(URL).read(text)).or(() -> file.map(DatabaseSettings::in)),
        data.toAbsolutePath().normalize(),
        seeds.normalize());
  }

  private static DatabaseAddress in(String file) {
    try {
      return new AddressReader("The file of DATABASE_URL_FILE").read(TextFile.read(Path.of(file)));
    } catch (IOException e) {
      throw new ConfigurationException(
          "DATABASE_URL_FILE names " + file + ", which cannot be read as UTF-8 text.");
    }
  }

  private static Optional<String> value(Config config, String name) {
    return Optional.ofNullable(config.getConfigValue(name).getRawValue())
        .filter(text -> !text.isBlank());
  }

  /**
   * The address of the database that a Toolgate with these settings uses now, once its server runs.
   *
   * @param limit for the start of an embedded one
   * @param say is told in a sentence when it has to be waited for
   * @throws ConfigurationException when it is the embedded one, and no Toolgate runs it, or it does
   *     not start
   */
  public DatabaseAddress awaitServer(Duration limit, Consumer<String> say) {
    return external.orElseGet(() -> new Waiting(data, limit, say).server());
  }

  /**
   * The same, once the embedded one has its tables too; when they do not come, whoever uses them
   * finds out.
   */
  public DatabaseAddress awaitTables(Duration limit, Consumer<String> say) {
    return external.orElseGet(() -> new Waiting(data, limit, say).tables());
  }
}
