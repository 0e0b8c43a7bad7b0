package io.toolgate.openwebui;

/** Which generation of rules applies where versions differ. */
enum Generation {
  /** 0.6.x. */
  OLD,
  /** 0.11.x. */
  NEW,
  /** The page, whose results are finished by the new backend. */
  PAGE
}
