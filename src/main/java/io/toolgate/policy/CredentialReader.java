package io.toolgate.policy;

import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.Quote;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes credentials out of rows. What was decrypted is kept for the next time, as long as its row
 * stays as it is.
 *
 * <p>Invariant: one row of a set that cannot be read makes the set unusable: calls with half of it,
 * or with nobody's, could do harm in another's name. No warning holds a value.
 *
 * <p>Threading: one thread at a time, and no event loop.
 */
final class CredentialReader {
  static final String CLEAR =
      "tenant_server_keys holds values in clear text. Set TOOLGATE_ENCRYPTION_KEY to the output of: openssl rand"
          + " -base64 32; then they are encrypted.";

  private static final String ENDPOINT = "endpoint_url";
  private static final int MOST_WARNINGS = 20;

  private final KeyRing keys;
  private volatile Map<CredentialRow, OpenedValue> opened = Map.of();

  CredentialReader(KeyRing keys) {
    this.keys = keys;
  }

  Credentials read(CredentialRows rows) {
    Reading reading = new Reading(rows.keys().size());
    rows.keys().forEach(reading::key);
    rows.endpoints().forEach(reading::endpoint);
    opened = reading.opened;
    return reading.credentials();
  }

  /** A set while its rows come in. */
  private static final class Draft {
    final Map<String, String> values = new HashMap<>();
    Optional<URI> endpoint = Optional.empty();
    boolean unusable;
  }

  private final class Reading {
    private final Map<CredentialRow, OpenedValue> opened;
    private final Map<String, Map<String, Draft>> drafts = new HashMap<>();
    private final List<CredentialRow> outdated = new ArrayList<>();
    private final List<String> unusable = new ArrayList<>();
    private boolean clear;

    Reading(int size) {
      opened = new HashMap<>(size * 4 / 3 + 1);
    }

    void key(CredentialRow row) {
      OpenedValue value = CredentialReader.this.opened.get(row);
      if (value == null) {
        value = keys.open(row);
      }
      opened.put(row, value);
      Draft draft = draft(row.group(), row.server());
      if (value instanceof OpenedValue.Readable readable) {
        clear |= readable.form() == OpenedValue.Form.CLEAR;
        if (readable.form() == OpenedValue.Form.OUTDATED) {
          outdated.add(row);
        }
        String other = draft.values.put(row.key(), readable.value());
        if (other != null && !other.equals(readable.value())) {
          refuse(draft, row.group(), row.server(), row.key(), "stands there twice");
        }
      } else if (value instanceof OpenedValue.Unreadable unreadable) {
        refuse(draft, row.group(), row.server(), row.key(), unreadable.reason());
      }
    }

    void endpoint(CredentialRows.Endpoint row) {
      Draft draft = draft(row.group(), row.server());
      String text = row.url().strip();
      Optional<String> mistake = GroupCredentials.endpointMistake(text);
      if (mistake.isPresent()) {
        refuse(draft, row.group(), row.server(), ENDPOINT, mistake.get());
        return;
      }
      Optional<URI> url = Optional.of(URI.create(text));
      if (draft.endpoint.isPresent() && !draft.endpoint.equals(url)) {
        refuse(draft, row.group(), row.server(), ENDPOINT, "stands there twice");
      }
      draft.endpoint = url;
    }

    private Draft draft(String group, String server) {
      return drafts
          .computeIfAbsent(group, name -> new HashMap<>())
          .computeIfAbsent(server, name -> new Draft());
    }

    private void refuse(Draft draft, String group, String server, String what, String reason) {
      draft.unusable = true;
      unusable.add(
          "Calls of the group %s to %s fail, because its credentials cannot be used: %s %s."
              .formatted(
                  Quote.shortened(group), Quote.shortened(server), Quote.shortened(what), reason));
    }

    Credentials credentials() {
      Map<String, Map<String, CredentialSet>> sets = new HashMap<>();
      drafts.forEach(
          (group, servers) -> {
            Map<String, CredentialSet> own = new HashMap<>();
            servers.forEach((server, draft) -> own.put(server, set(group, server, draft)));
            sets.put(group, Map.copyOf(own));
          });
      return new Credentials(Map.copyOf(sets), List.copyOf(outdated), warnings());
    }

    private CredentialSet set(String group, String server, Draft draft) {
      return draft.unusable
          ? new CredentialSet.Unusable(group, server)
          : new CredentialSet.Usable(new GroupCredentials(group, draft.values, draft.endpoint));
    }

    private List<String> warnings() {
      List<String> warnings = new ArrayList<>();
      if (clear) {
        warnings.add(CLEAR);
      }
      unusable.stream().sorted().limit(MOST_WARNINGS).forEach(warnings::add);
      if (unusable.size() > MOST_WARNINGS) {
        warnings.add("There are more credentials of groups that cannot be used.");
      }
      return List.copyOf(warnings);
    }
  }
}
