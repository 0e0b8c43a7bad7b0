package io.toolgate.database;

import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the database's tables to what this version of Toolgate needs: {@code db/migration}. */
final class Migrations {
  private static final String SCHEMA = "mcp_proxy";

  /** In seconds; a migration of large tables may take a while. */
  private static final String LIMITS = "&loginTimeout=10&socketTimeout=300&tcpKeepAlive=true";

  /** Starting, stopping, no connection free, and no such database yet. */
  private static final Set<String> LATE = Set.of("57P01", "57P02", "57P03", "53300", "3D000");

  private final DatabaseAddress address;

  Migrations(DatabaseAddress address) {
    this.address = address;
  }

  /** Runs what is missing. Blocks; may be repeated, and run by several Toolgates at once. */
  Outcome run() {
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(address.jdbcUrl() + LIMITS, address.user(), address.password())
          .locations("classpath:db/migration")
          .schemas(SCHEMA)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
      return new Outcome.Done();
    } catch (FlywayException e) {
      return failure(e);
    }
  }

  private static Outcome failure(FlywayException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        String reason = sql.getMessage().lines().findFirst().orElse(state);
        return state.startsWith("08") || LATE.contains(state)
            ? new Outcome.Late(reason)
            : new Outcome.Refused(reason);
      }
    }
    return new Outcome.Refused(failure.getMessage().lines().findFirst().orElse(""));
  }

  /** How it went. */
  sealed interface Outcome {
    record Done() implements Outcome {}

    /** The database cannot be reached yet. */
    record Late(String reason) implements Outcome {}

    /** Somebody has to change something: a password, a right, a table. */
    record Refused(String reason) implements Outcome {}
  }
}
