package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.database.StartedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExampleSeedTest {
  private static Reach of(Member member) {
    return Reach.of(member.groups(), member.servers());
  }

  @Test
  void mayBeRunAgainAndAgain() throws Exception {
    String example = Files.readString(Path.of("db/seed/groups.sql.example"));
    try (StartedDatabase started = StartedDatabase.embedded()) {
      started.sql().run(example);
      started
          .sql()
          .run(
              "UPDATE user_group_membership SET user_email = 'Bob@Example.org' WHERE group_name = 'Support'");

      started.sql().run(example);

      Grants grants =
          new GrantStore(started.database(), KeyRing.EMPTY).read().toCompletableFuture().join();
      Member bob = grants.member("bob@example.org");
      assertEquals(
          Set.of("Developers", "Support"),
          bob.groups().stream().map(Group::name).collect(Collectors.toSet()));
      assertEquals(2, bob.groups().size());
      assertEquals(List.of("3"), started.sql().run("SELECT count(*) FROM user_group_membership"));
      Reach support = Reach.of(grants.known(Set.of("Support")), Set.of());
      assertTrue(support.of("filesystem").among(Map.of()).test("read_file"));
      assertFalse(support.of("filesystem").among(Map.of()).test("write_file"));
      assertTrue(of(bob).of("filesystem").among(Map.of()).test("write_file"));
      assertFalse(of(bob).of("github").among(Map.of()).test("delete_file"));
      assertTrue(of(grants.member("cat@example.org")).of("time").among(Map.of()).test("any"));
    }
  }
}
