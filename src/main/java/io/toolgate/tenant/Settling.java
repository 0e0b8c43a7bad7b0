package io.toolgate.tenant;

/**
 * Tells when something has changed and come to rest: two looks in a row agree with each other, and
 * not with what was told last.
 *
 * <p>Threading: belongs to the one thread that looks.
 */
final class Settling<T> {
  private T told;
  private T last;

  Settling(T first) {
    told = first;
    last = first;
  }

  boolean settlesAt(T now) {
    boolean settled = now.equals(last) && !now.equals(told);
    last = now;
    if (settled) {
      told = now;
    }
    return settled;
  }
}
