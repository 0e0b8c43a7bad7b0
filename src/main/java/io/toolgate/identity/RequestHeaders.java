package io.toolgate.identity;

import java.util.List;

/** The headers of one request. */
@FunctionalInterface
public interface RequestHeaders {

  /**
   * All values of a header as received, one for each time it occurs.
   *
   * @param name in any case
   */
  List<String> all(String name);
}
