package io.toolgate.openwebui;

import io.toolgate.database.Sql;
import java.util.List;

/** Open WebUI's table {@code "user"}, as it makes it in a database that it shares with Toolgate. */
final class UserTable {
  private UserTable() {}

  static void make(Sql sql, List<User> users) {
    sql.run(
        """
        CREATE TABLE public."user" (
          id varchar(255) NOT NULL PRIMARY KEY,
          name varchar(255) NOT NULL,
          email varchar(255) NOT NULL,
          username varchar(50),
          role varchar(255) NOT NULL,
          profile_image_url text NOT NULL,
          last_active_at bigint NOT NULL,
          updated_at bigint NOT NULL,
          created_at bigint NOT NULL,
          settings json,
          info json,
          oauth json
        )""");
    for (User user : users) {
      sql.run(
          """
          INSERT INTO public."user" (id, name, email, role, profile_image_url, last_active_at, updated_at, created_at)
          VALUES ('%s', '%s', '%s', '%s', '/user.png', 1763700000, 1763700000, 1763700000)"""
              .formatted(user.id(), user.name(), user.email(), user.role()));
    }
  }
}
