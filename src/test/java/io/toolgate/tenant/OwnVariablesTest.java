package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept from definitions, held against what Toolgate reads. */
class OwnVariablesTest {
  private static final Pattern READ = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");
  private static final Pattern SECRET = Pattern.compile(".*(KEY|SECRET|PASSWORD|TOKEN).*|.*_FILE");

  /** Names in the settings file, and those of the database, which are read as they stand. */
  private static Set<String> read() throws IOException {
    Set<String> names = new TreeSet<>(Set.of("DATABASE_URL", "DATABASE_URL_FILE"));
    Matcher settings =
        READ.matcher(Files.readString(Path.of("src/main/resources/application.properties")));
    while (settings.find()) {
      names.add(settings.group(1));
    }
    return names;
  }

  @Test
  void everyOneIsRead() throws IOException {
    Set<String> unread = new TreeSet<>(Variables.own());
    unread.removeAll(read());

    assertEquals(Set.of(), unread);
  }

  @Test
  void everySecretThatIsReadIsOne() throws IOException {
    Set<String> secrets = new TreeSet<>(read());
    secrets.removeIf(name -> !SECRET.matcher(name).matches());

    assertTrue(secrets.size() > 10, secrets::toString);
    for (String secret : secrets) {
      assertTrue(Variables.isOwn(secret), secret);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPENAI_API_KEY",
        "POSTGRES_PASSWORD",
        "API_GATEWAY_URL",
        "ADMIN_EMAILS_FILE",
        "MY_DATABASE_URL",
        "MCP_API_KEY_OTHER",
        "PORT",
      })
  void nothingElseIs(String name) throws IOException {
    assertFalse(Variables.isOwn(name));
    assertEquals(
        "x",
        Variables.of(java.util.Map.of(name, "x"), java.util.Map.of()).find(name).orElseThrow());
  }
}
