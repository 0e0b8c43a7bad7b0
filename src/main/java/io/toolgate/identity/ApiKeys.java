package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/** All keys that prove a program. */
record ApiKeys(List<ApiKey> keys) {
  ApiKeys {
    keys = List.copyOf(keys);
  }

  /** The key that was sent. All are compared, so that the time tells nothing about which it was. */
  Optional<ApiKey> find(String presented) {
    byte[] digest = ApiKey.digest(presented);
    ApiKey found = null;
    for (ApiKey key : keys) {
      if (key.matches(digest)) {
        found = key;
      }
    }
    return Optional.ofNullable(found);
  }

  /**
   * The key in {@code X-API-Key}.
   *
   * @throws ProblemException if it is none of ours
   */
  ApiKey require(String presented) {
    return find(presented)
        .orElseThrow(() -> Refused.because("The key in X-API-Key is not one that is known here."));
  }
}
