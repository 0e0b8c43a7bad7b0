package io.toolgate.catalog;

import io.toolgate.catalog.Document.Kind;

/** What a client gets of a document. */
public final class Served {
  private Served() {}

  public static byte[] bytes(Document document, Kind kind) {
    return document.form(kind).join().bytes();
  }
}
