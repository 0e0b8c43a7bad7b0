package io.toolgate.policy;

import io.toolgate.database.StartedDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the commit to the decision. Nothing is read unless a change is told. */
class ChangedGrantsTest {
  private static FollowedDatabase followed;

  @BeforeAll
  static void start() throws Exception {
    followed = FollowedDatabase.of(StartedDatabase.embedded());
  }

  @AfterAll
  static void stop() {
    followed.close();
  }

  @BeforeEach
  void annIsInGroupDevThatHasFiles() throws Exception {
    followed
        .sql()
        .run(
            "TRUNCATE user_group_membership, group_tenant_mapping, group_tool_mapping, user_tenant_access,"
                + " user_admin_status",
            "INSERT INTO user_group_membership VALUES ('ann@example.com', 'dev')",
            "INSERT INTO group_tenant_mapping VALUES ('dev', 'files')");
    followed.awaitAnn("group dev", "files/read", "files/write");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO user_group_membership VALUES ('ann@example.com', 'ops') | group dev,group ops,files/read,files/write
          UPDATE user_group_membership SET group_name = 'ops' | group ops
          DELETE FROM user_group_membership WHERE group_name = 'dev' | ''
          TRUNCATE user_group_membership | ''
          DELETE FROM user_group_membership WHERE user_email = 'ann@example.com' | ''
          INSERT INTO user_group_membership VALUES (' ANN@example.com', 'ops') | group dev,group ops,files/read,files/write
          SELECT mcp_proxy.forget_user('Ann@Example.com') | ''
          INSERT INTO group_tenant_mapping VALUES ('dev', 'mail') | group dev,files/read,files/write,mail/read,mail/write
          UPDATE group_tenant_mapping SET tenant_id = 'mail' | group dev,mail/read,mail/write
          DELETE FROM group_tenant_mapping WHERE tenant_id = 'files' | group dev
          TRUNCATE group_tenant_mapping | group dev
          """)
  void aGroupsRowIsEffectiveWhenItIsTold(String statement, String words) throws Exception {
    followed.sql().run(statement);

    followed.awaitAnn(split(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE group_tool_mapping SET allowed = false | group dev,files/write
          DELETE FROM group_tool_mapping | group dev,files/read,files/write
          TRUNCATE group_tool_mapping | group dev,files/read,files/write
          """)
  void aToolsRowIsEffectiveWhenItIsTold(String statement, String words) throws Exception {
    followed.sql().run("INSERT INTO group_tool_mapping VALUES ('dev', 'files', 'read', true)");
    followed.awaitAnn("group dev", "files/read");

    followed.sql().run(statement);

    followed.awaitAnn(split(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE user_tenant_access SET tenant_id = 'other' | group dev,files/read,files/write
          DELETE FROM user_tenant_access | group dev,files/read,files/write
          TRUNCATE user_tenant_access | group dev,files/read,files/write
          SELECT mcp_proxy.forget_user('Ann@Example.com') | ''
          """)
  void aUsersOwnRowIsEffectiveWhenItIsTold(String statement, String words) throws Exception {
    followed.sql().run("INSERT INTO user_tenant_access VALUES ('ann@example.com', 'mail')");
    followed.awaitAnn("group dev", "files/read", "files/write", "mail/read", "mail/write");

    followed.sql().run(statement);

    followed.awaitAnn(split(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE user_admin_status SET is_admin = false | group dev,files/read,files/write
          DELETE FROM user_admin_status | group dev,files/read,files/write
          TRUNCATE user_admin_status | group dev,files/read,files/write
          """)
  void anAdministratorsRowIsEffectiveWhenItIsTold(String statement, String words) throws Exception {
    followed.sql().run("INSERT INTO user_admin_status VALUES ('ann@example.com', true)");
    followed.awaitAnn("group dev", "files/read", "files/write", "admin");

    followed.sql().run(statement);

    followed.awaitAnn(split(words));
  }

  private static String[] split(String words) {
    return words.isEmpty() ? new String[0] : words.split(",");
  }
}
