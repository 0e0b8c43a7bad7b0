package io.toolgate.tenant;

/**
 * Something an operator should know about a tenant file.
 *
 * @param file as the operator named it
 * @param pointer JSON Pointer (RFC 6901); empty for the file as a whole
 * @param detail what is wrong there and what to write instead; never a value of a variable, header
 *     or environment
 */
public record Finding(String file, String pointer, String detail) {

  /** One line: {@code tenants/x.json#/mcpServers/git/timeout: ...}. */
  @Override
  public String toString() {
    return new Place(file, pointer) + ": " + detail;
  }
}
