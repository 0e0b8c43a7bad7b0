package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressReaderTest {
  private static final String HARD = "a@b:c/d?e#f%g h+$${x}&=";
  private static final String HARD_ENCODED = "a%40b%3Ac%2Fd%3Fe%23f%25g%20h%2B%24%24%7Bx%7D%26%3D";

  private static DatabaseAddress read(String text) {
    return new AddressReader("DATABASE_URL").read(text);
  }

  private static String complaint(String text) {
    return assertThrows(ConfigurationException.class, () -> read(text)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me:secret@db:5433/app",
        "postgres://me:secret@db:5433/app",
        "jdbc:postgresql://db:5433/app?user=me&password=secret",
        " postgresql://me:secret@db:5433/app\n",
        "postgresql://db:5433/app?user=me&password=secret"
      })
  void readsEveryForm(String text) {
    assertEquals(new DatabaseAddress("db", 5433, "app", "me", "secret", Map.of()), read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://" + HARD_ENCODED + ":" + HARD_ENCODED + "@db/app",
        "jdbc:postgresql://db/app?user=" + HARD_ENCODED + "&password=" + HARD_ENCODED
      })
  void decodesUserAndPassword(String text) {
    DatabaseAddress address = read(text);

    assertEquals(HARD, address.user());
    assertEquals(HARD, address.password());
  }

  @Test
  void takesWhatCannotBeMistakenUnencoded() {
    assertEquals("p@s#s+w$rd", read("postgresql://me:p@s#s+w$rd@db/app").password());
  }

  @Test
  void defaultsPortAndDatabase() {
    assertEquals(
        new DatabaseAddress("db", 5432, "me", "me", "", Map.of()), read("postgresql://me@db"));
  }

  @Test
  void readsAnIpv6Address() {
    DatabaseAddress address = read("postgresql://me@[::1]:5433/app");

    assertEquals("::1", address.host());
    assertTrue(address.jdbcUrl().startsWith("jdbc:postgresql://[::1]:5433/app?"));
  }

  @Test
  void passesTheSslModeOnToEveryClient() {
    DatabaseAddress address = read("postgresql://me@db/app?sslmode=require");

    assertTrue(address.jdbcUrl().endsWith("&sslmode=require"));
    assertEquals("postgresql://db:5432/app?sslmode=require", address.reactiveUrl());
    assertEquals("require", address.connectOptions().getSslMode().value);
    assertEquals("postgresql://me@db:5432/app?sslmode=require", address.uri());
  }

  @Test
  void writesWhatItReads() {
    DatabaseAddress address =
        read("postgresql://" + HARD_ENCODED + ":" + HARD_ENCODED + "@db/a%20b?sslmode=disable");

    assertEquals(address, read(address.uri()));
  }

  @Test
  void hidesThePassword() {
    DatabaseAddress address = read("postgresql://me:secret@db/app");

    assertFalse((address + address.jdbcUrl() + address.reactiveUrl()).contains("secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://me:secret@db/app",
        "secret",
        "postgresql://:secret@db/app",
        "postgresql://me:secret@/app",
        "postgresql://me:secret@%2Fvar%2Frun/app",
        "postgresql://me:secret@db:port/app",
        "postgresql://me:secret@db:99999/app",
        "postgresql://me:secret@a,b/app",
        "postgresql://me:se/cret@db/app",
        "postgresql://me:se%cret@db/app",
        "postgresql://me:1/secret@db",
        "postgresql://me:secret@db/app?sslmode=secret",
        "postgresql://me:secret@db/app?sslmode=verify-full",
        "postgresql://me:secret@db/app?host=/tmp",
        "postgresql://me:secret@db/app?sslcert=secret"
      })
  void namesWhatIsWrongAndNotTheValue(String text) {
    String complaint = complaint(text);

    assertTrue(complaint.startsWith("DATABASE_URL "), complaint);
    assertFalse(complaint.contains("secret") || complaint.contains("cret@"), complaint);
  }

  @Test
  void saysHowToWriteASlash() {
    assertTrue(complaint("postgresql://me:a/b@db/app").contains("/ as %2F"));
  }

  @Test
  void ignoresParametersOfOtherPrograms() {
    assertEquals(Map.of(), read("postgresql://me@db/app?pool_size=5&schema=public").parameters());
  }
}
