package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** However an address is written, it stands in the tables in one spelling. */
@Timeout(120)
class EmailsTest {
  /** Tables with an e-mail, and what a row of them has beside it. */
  private static final String TABLES =
      """
      user_group_membership | group_name    | g
      user_tenant_access    | tenant_id     | s
      user_admin_status     | is_admin      | true
      api_analytics         | endpoint      | /x
      """;

  private static EmbeddedPostgres postgres;
  private static Sql sql;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.in(DatabaseFolder.create());
    postgres.start();
    postgres.awaitReady();
    sql = new Sql(postgres.address());
    assertEquals(new Migrations.Outcome.Done(), new Migrations(postgres.address()).run());
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void empty() {
    sql.run("TRUNCATE user_group_membership, user_tenant_access, user_admin_status, api_analytics");
  }

  private static List<String> emails(String table) {
    return sql.run("SELECT user_email FROM " + table + " ORDER BY 1");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TABLES)
  void isTheSpellingOfARowThatIsInserted(String table, String column, String value) {
    sql.run(
        "INSERT INTO %s (user_email, %s) VALUES (E' Ann@Example.ORG\\n', '%s')"
            .formatted(table, column, value));

    assertEquals(List.of("ann@example.org"), emails(table));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TABLES)
  void isTheSpellingOfARowThatIsUpdated(String table, String column, String value) {
    sql.run(
        "INSERT INTO %s (user_email, %s) VALUES ('bob@example.org', '%s')"
            .formatted(table, column, value),
        "UPDATE " + table + " SET user_email = 'ANN@example.org '");

    assertEquals(List.of("ann@example.org"), emails(table));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TABLES)
  void isTheSpellingOfARowThatIsCopied(String table, String column, String value) throws Exception {
    DatabaseAddress address = postgres.address();
    try (Connection connection =
        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
      new CopyManager(connection.unwrap(BaseConnection.class))
          .copyIn(
              "COPY %s (user_email, %s) FROM stdin WITH (FORMAT csv)".formatted(table, column),
              new StringReader("\" Ann@Example.Org\t\"," + value + "\n"));
    }

    assertEquals(List.of("ann@example.org"), emails(table));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO user_group_membership VALUES ('ANN@example.org', 'g') ON CONFLICT DO NOTHING",
        "INSERT INTO user_group_membership VALUES (' Ann@Example.org', 'g') ON CONFLICT (user_email, group_name) DO NOTHING",
        "INSERT INTO user_group_membership VALUES ('Ann@Example.org', 'g')"
            + " ON CONFLICT (user_email, group_name) DO UPDATE SET user_email = 'ANN@EXAMPLE.ORG'",
        "INSERT INTO user_group_membership VALUES ('bob@example.org', 'g'), ('Ann@Example.org', 'h');"
            + " DELETE FROM user_group_membership WHERE group_name = 'h' OR user_email = 'bob@example.org'"
      })
  void anotherSpellingIsTheSameUser(String statement) {
    sql.run("INSERT INTO user_group_membership VALUES ('ann@example.org', 'g')", statement);

    assertEquals(List.of("ann@example.org"), emails("user_group_membership"));
  }

  @Test
  void theSameUserIsNotThereTwice() {
    sql.run("INSERT INTO user_tenant_access VALUES ('Ann@example.org', 's')");

    AssertionError twice =
        assertThrows(
            AssertionError.class,
            () -> sql.run("INSERT INTO user_tenant_access VALUES ('ann@example.org ', 's')"));

    assertTrue(twice.getMessage().contains("duplicate key"), twice.getMessage());
  }

  /** As people copy addresses out of pages and tables. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        9, 10, 11, 12, 13, 32, 0x85, 0xA0, 0x1680, 0x2003, 0x200B, 0x200E, 0x2028, 0x2029, 0x202F,
        0x205F, 0x2060, 0x3000, 0xFEFF
      })
  void noBlankStaysAroundIt(int blank) {
    sql.run(
        "INSERT INTO user_admin_status VALUES (chr(%1$d) || 'ann@example.org' || chr(%1$d), true)"
            .formatted(blank));

    assertEquals(List.of("ann@example.org"), emails("user_admin_status"));
  }

  @Test
  void onlyAsciiLettersLoseTheirCase() {
    sql.run("INSERT INTO user_admin_status VALUES ('ÄNN@Example.org', true)");

    assertEquals(List.of("Änn@example.org"), emails("user_admin_status"));
  }

  @Test
  void aUserIsForgottenInWhateverSpelling() {
    sql.run(
        "INSERT INTO user_group_membership VALUES ('Ann@example.org', 'g'), ('ann@example.org', 'h'), ('bob@example.org', 'g')",
        "INSERT INTO user_tenant_access VALUES ('ann@example.org', 's'), ('bob@example.org', 's')",
        "INSERT INTO user_admin_status VALUES ('ann@example.org', false), ('bob@example.org', true)");

    assertEquals(List.of("4"), sql.run("SELECT mcp_proxy.forget_user(' ANN@Example.org')"));
    assertEquals(List.of("0"), sql.run("SELECT forget_user('ann@example.org')"));

    for (String table :
        List.of("user_group_membership", "user_tenant_access", "user_admin_status")) {
      assertEquals(List.of("bob@example.org"), emails(table), table);
    }
  }

  @Test
  void aRowThatCameInPastTheTriggerIsForgottenToo() {
    sql.run(
        "ALTER TABLE user_group_membership DISABLE TRIGGER normal_email",
        "INSERT INTO user_group_membership VALUES ('Ann@example.org', 'g')",
        "ALTER TABLE user_group_membership ENABLE TRIGGER normal_email");

    assertEquals(List.of("1"), sql.run("SELECT forget_user('ann@example.org')"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NULL", "''", "'  '"})
  void nobodyIsNotForgotten(String nobody) {
    AssertionError refusal =
        assertThrows(AssertionError.class, () -> sql.run("SELECT forget_user(" + nobody + ")"));

    assertTrue(refusal.getMessage().contains("needs the e-mail address"), refusal.getMessage());
  }

  @Test
  void theTableOfCallsSaysThatItStaysEmpty() {
    assertTrue(
        sql.run("SELECT obj_description('mcp_proxy.api_analytics'::regclass)")
            .get(0)
            .startsWith("Stays empty"));
  }
}
