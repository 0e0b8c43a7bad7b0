/**
 * Files in {@code tenants/} to server definitions: reading, variables, defaults, and every mistake
 * with file and JSON pointer. Nothing here starts anything.
 */
package io.toolgate.tenant;
