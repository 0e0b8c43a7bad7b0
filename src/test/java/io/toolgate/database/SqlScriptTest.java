package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
  private static StartedDatabase database;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws Exception {
    database = StartedDatabase.embedded();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void prepare() {
    database.sql().run("DROP TABLE IF EXISTS t", "CREATE TABLE t (a int PRIMARY KEY, b text)");
  }

  private int run(String text) {
    out.reset();
    err.reset();
    return new SqlScript("groups.sql", text)
        .run(
            database.database().address(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complaint() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static List<String> rows() {
    return database.sql().run("SELECT a FROM t ORDER BY a");
  }

  @Test
  void printsRowsAsAnAlignedTable() {
    int code =
        run(
            "SELECT * FROM (VALUES (1, 'Größe', NULL), (100, E'two\\nlines\\x1b', '😀')) v (n, text, \"c d\")");

    assertEquals(0, code, complaint());
    assertEquals(
        List.of(
            " n   | text           | c d",
            "-----+----------------+-----",
            "   1 | Größe          |",
            " 100 | two\\nlines\\x1b | 😀",
            "(2 rows)"),
        printed().lines().toList());
  }

  @Test
  void countsWhatWasChanged() {
    int code =
        run(
            """
            INSERT INTO t VALUES (1, 'a;b'); -- with; semicolons
            INSERT INTO t VALUES (2, $$c;d$$), (3, '?');
            /* a; comment */ UPDATE t SET b = 'x' WHERE a > 1;
            SELECT 1 AS one;
            """);

    assertEquals(0, code, complaint());
    assertEquals("INSERT 3\nUPDATE 2\n one\n-----\n   1\n(1 row)\n", printed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1;\\n\\nSELECT * FROM nowhere;|3|nowhere",
        "SELECT 1;\\nSELECT a,\\n  c\\n FROM t;|3|c",
        "-- Größe 😀\\nSELECT '😀',\\n nothing;|3|nothing",
        "INSERT INTO t VALUES (1);\\n\\n-- again\\nINSERT INTO t\\n VALUES (1);|4|duplicate",
        "SELECT 1;\\nSELEC 2;|2|SELEC",
        "SELECT 1/0;|1|zero",
        "SELECT 1;\\n\\\\dt|2|command of psql",
        "SELECT 1;\\nCOPY t FROM stdin;\\n1\\tx\\n|2|COPY",
        "SELECT 1;\\nSELECT 'open|2|",
      })
  void namesTheLineOfAMistake(String text, int line, String word) {
    int code = run(text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\"));

    assertEquals(1, code, printed());
    assertTrue(complaint().startsWith("toolgate: groups.sql, line " + line + ": "), complaint());
    assertTrue(word == null || complaint().contains(word), complaint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (1); INSERT INTO t VALUES (1);",
        "INSERT INTO t VALUES (1); SELECT nothing;",
        "BEGIN; INSERT INTO t VALUES (1); SELECT nothing; COMMIT;",
        "begin; INSERT INTO t VALUES (1);",
        "START TRANSACTION; INSERT INTO t VALUES (1);",
        "INSERT INTO t VALUES (1); \\\\q",
      })
  void keepsNothingOfWhatFails(String text) {
    int code = run(text);

    assertEquals(1, code);
    assertEquals(List.of(), rows());
  }

  @Test
  void keepsWhatATextCommitsItself() {
    int code =
        run("BEGIN; INSERT INTO t VALUES (1); COMMIT; INSERT INTO t VALUES (2); SELECT nothing;");

    assertEquals(1, code);
    assertEquals(List.of("1", "2"), rows());
  }

  @Test
  void oneStatementMayBeOneThatNoTransactionAllows() {
    assertEquals(0, run("-- tidy\nVACUUM t;"), complaint());
  }

  @Test
  void nothingIsDoneForNothing() {
    assertEquals(0, run(""));
    assertEquals(0, run("-- nothing\n ; /* here */ ;\n"));
    assertEquals("", printed());
  }

  @Test
  void tellsWhatTheServerTells() {
    int code = run("DO $$ BEGIN RAISE NOTICE 'look here'; END $$;");

    assertEquals(0, code);
    assertTrue(complaint().contains("look here"), complaint());
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedWithoutThePassword() {
    DatabaseAddress nowhere = new AddressReader("x").read("postgresql://u:s3cret@127.0.0.1:1/d");
    int code =
        new SqlScript("x", "SELECT 1").run(nowhere, new PrintStream(out), new PrintStream(err));

    assertEquals(1, code);
    assertTrue(complaint().contains("postgresql://127.0.0.1:1/d cannot be reached"), complaint());
    assertTrue(!complaint().contains("s3cret") && complaint().lines().count() == 1, complaint());
  }
}
