/**
 * PostgreSQL, the only store: which one ({@link io.toolgate.database.DatabaseAddress}), an embedded
 * one where none is configured ({@link io.toolgate.database.EmbeddedPostgres}), its tables ({@link
 * io.toolgate.database.Migrations}), the news of changed rows ({@link
 * io.toolgate.database.Notifications}), reading ({@link io.toolgate.database.Snapshots}), and
 * writing ({@link io.toolgate.database.Statements}). {@link io.toolgate.database.Database} puts
 * them in order. What the tables mean is known beside those who use them, in classes named {@code
 * ...Store}.
 */
package io.toolgate.database;
