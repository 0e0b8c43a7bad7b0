/** PostgreSQL with true servers: the embedded one, and Debian's in the group "debian". */
package io.toolgate.database;
