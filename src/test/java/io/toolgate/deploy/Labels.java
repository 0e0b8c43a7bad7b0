package io.toolgate.deploy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;

/** Whom a selector means. */
final class Labels {
  private Labels() {}

  /** An empty selector means all. */
  static boolean match(LabelSelector selector, Map<String, String> labels) {
    return match(selector.getMatchLabels(), labels)
        && selector.getMatchExpressions().stream().allMatch(wanted -> match(wanted, labels));
  }

  static boolean match(Map<String, String> wanted, Map<String, String> labels) {
    return wanted == null || labels.entrySet().containsAll(wanted.entrySet());
  }

  private static boolean match(LabelSelectorRequirement wanted, Map<String, String> labels) {
    String value = labels.get(wanted.getKey());
    return switch (wanted.getOperator()) {
      case "In" -> value != null && wanted.getValues().contains(value);
      case "NotIn" -> value == null || !wanted.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> throw new AssertionError("no operator: " + wanted.getOperator());
    };
  }
}
