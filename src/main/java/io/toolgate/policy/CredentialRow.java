package io.toolgate.policy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A row of {@code tenant_server_keys}, whose column {@code tenant_id} is a group.
 *
 * @param stored the value, clear or encrypted
 */
record CredentialRow(String group, String server, String key, String stored) {
  private static final String TABLE = "tgenc:1 tenant_server_keys";

  /** Names the row, and no other, whatever its names hold: each has its length before it. */
  byte[] place() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (String part : List.of(TABLE, group, server, key)) {
        byte[] text = part.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The row without its value, which may be replaced. */
  CredentialRow withoutValue() {
    return new CredentialRow(group, server, key, "");
  }

  /** Leaves the value out. */
  @Override
  public String toString() {
    return group + "/" + server + "/" + key;
  }
}
