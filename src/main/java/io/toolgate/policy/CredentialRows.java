package io.toolgate.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the rows of {@code tenant_server_keys} and {@code tenant_endpoint_overrides}, in any order.
 * Their column {@code tenant_id} is a group.
 */
final class CredentialRows {
  /**
   * @param url as it stands in the table
   */
  record Endpoint(String group, String server, String url) {}

  private final List<CredentialRow> keys = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();

  /** One of each text, because there may be many rows and few names. */
  private final Map<String, String> names = new HashMap<>();

  void key(String group, String server, String name, String value) {
    keys.add(new CredentialRow(once(group), once(server), once(name), value));
  }

  void endpoint(String group, String server, String url) {
    endpoints.add(new Endpoint(once(group), once(server), url));
  }

  List<CredentialRow> keys() {
    return keys;
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  private String once(String name) {
    return names.computeIfAbsent(name, same -> same);
  }
}
