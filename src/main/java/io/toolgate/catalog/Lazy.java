package io.toolgate.catalog;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value that is made when it is first asked for, once.
 *
 * <p>Threading: one thread makes it, the others that ask meanwhile wait. When making it fails, the
 * next one to ask tries again.
 */
final class Lazy<T> {
  private Supplier<T> maker;
  private volatile T value;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  T get() {
    T known = value;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      if (value == null) {
        value = maker.get();
        maker = null;
      }
      return value;
    }
  }

  /** Empty while nobody has asked. */
  Optional<T> made() {
    return Optional.ofNullable(value);
  }
}
