package io.toolgate.identity;

/**
 * A user in Open WebUI's table.
 *
 * @param role {@code admin}, {@code user} or {@code pending}
 */
public record DirectoryUser(String email, String role) {}
