package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedsTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static EmbeddedPostgres postgres;
  private static Sql sql;
  @TempDir Path folder;

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
    VERTX.close();
    postgres.close();
  }

  @BeforeEach
  void empty() {
    sql.run("TRUNCATE mcp_proxy.user_group_membership, mcp_proxy.applied_seeds");
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String member(String email, String group) {
    return "INSERT INTO user_group_membership (user_email, group_name) VALUES ('%s', '%s');\n"
        .formatted(email, group);
  }

  private List<String> apply() throws InterruptedException {
    return new Seeds(VERTX, postgres.address(), folder).apply();
  }

  private static List<String> members() {
    return sql.run("SELECT user_email FROM mcp_proxy.user_group_membership ORDER BY user_email");
  }

  private static List<String> applied() {
    return sql.run("SELECT file_name FROM mcp_proxy.applied_seeds ORDER BY file_name");
  }

  @Test
  void filesAreAppliedOnceInTheOrderOfTheirNames() throws Exception {
    file("20-b.sql", "UPDATE user_group_membership SET user_email = 'b@x' WHERE user_email='a@x';");
    file("10-a.sql", member("a@x", "A") + "SELECT * FROM user_group_membership;");
    file("30-c.sql.example", member("never@x", "A"));

    List<String> first = apply();
    List<String> again = apply();

    assertEquals(List.of(), first);
    assertEquals(List.of(), again);
    assertEquals(List.of("b@x"), members());
    assertEquals(List.of("10-a.sql", "20-b.sql"), applied());
  }

  @Test
  void aFileThatComesLaterIsAppliedToo() throws Exception {
    file("20.sql", member("a@x", "A"));
    apply();
    file("10.sql", member("b@x", "B"));

    apply();

    assertEquals(List.of("a@x", "b@x"), members());
  }

  @Test
  void aFileThatHasChangedIsNotAppliedAgain() throws Exception {
    file("10.sql", member("a@x", "A"));
    apply();
    file("10.sql", member("b@x", "B"));

    List<String> mistakes = apply();

    assertEquals(List.of(), mistakes);
    assertEquals(List.of("a@x"), members());
  }

  @Test
  void nothingOfAFileWithAMistakeIsKeptAndTheLineIsTold() throws Exception {
    file("10.sql", member("ä@x", "A") + "\n" + "INSERT INTO absent VALUES (1);\n");
    file("20.sql", member("later@x", "A"));

    List<String> mistakes = apply();

    assertEquals(1, mistakes.size());
    String mistake = mistakes.get(0);
    assertTrue(mistake.contains("10.sql, line 3, was not applied: relation"), mistake);
    assertEquals(List.of(), members());
    assertEquals(List.of(), applied());
  }

  @Test
  void aMendedFileIsAppliedAtTheNextStart() throws Exception {
    file("10.sql", "INSERT");
    apply();
    file("10.sql", member("a@x", "A"));

    List<String> mistakes = apply();

    assertEquals(List.of(), mistakes);
    assertEquals(List.of("a@x"), members());
  }

  @Test
  void severalThatStartAtOnceApplyEachOnce() throws Exception {
    file("10.sql", member("a@x", "A"));
    List<CompletableFuture<List<String>>> starts =
        Stream.generate(() -> CompletableFuture.supplyAsync(this::applyUnchecked))
            .limit(4)
            .toList();

    for (CompletableFuture<List<String>> start : starts) {
      assertEquals(List.of(), start.join());
    }
    assertEquals(List.of("a@x"), members());
  }

  private List<String> applyUnchecked() {
    try {
      return apply();
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void noFolderIsNothingToDo() throws Exception {
    assertEquals(List.of(), new Seeds(VERTX, postgres.address(), folder.resolve("absent")).apply());
  }

  @Test
  void aFileThatCannotBeReadIsTold() throws Exception {
    Files.write(folder.resolve("10.sql"), new byte[] {(byte) 0xff, 1});

    String mistake = apply().get(0);

    assertTrue(mistake.contains("10.sql"), mistake);
  }

  @Test
  void whatOneFileSetsIsNotSoForTheNext() throws Exception {
    file("10.sql", "SELECT pg_catalog.set_config('search_path', '', false);");
    file("20.sql", member("a@x", "A"));

    List<String> mistakes = apply();

    assertEquals(List.of(), mistakes);
    assertEquals(List.of("a@x"), members());
  }

  @Test
  void aFileMayBeginWithAByteOrderMarkAndEndItsLinesAsOnWindows() throws Exception {
    file("10.sql", "\uFEFF" + member("a@x", "A").replace("\n", "\r\n"));

    List<String> mistakes = apply();

    assertEquals(List.of(), mistakes);
  }

  @Test
  void rowsFromStandardInputAreRefused() throws Exception {
    file("10.sql", "COPY user_group_membership FROM stdin;");

    String mistake = apply().get(0);

    assertTrue(mistake.contains("COPY ... FROM stdin"), mistake);
    assertEquals(List.of(), applied());
  }

  /** Then more than none of it may be kept, which is said. */
  @Test
  void aFileThatCommitsAndThenFailsIsTriedAgain() throws Exception {
    file("10.sql", member("a@x", "A") + "COMMIT; SELECT 1/0;");

    String mistake = apply().get(0);

    assertTrue(mistake.contains("but for what it commits itself"), mistake);
    assertEquals(List.of(), applied());
  }
}
