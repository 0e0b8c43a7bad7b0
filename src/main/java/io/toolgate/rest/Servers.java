package io.toolgate.rest;

import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.Catalogs;
import io.toolgate.policy.Access;
import io.toolgate.upstream.Upstreams;
import jakarta.enterprise.context.ApplicationScoped;

/** The servers and their tools as they are now. */
@ApplicationScoped
class Servers {
  private final Upstreams upstreams;
  private final Catalogs catalogs;

  Servers(Upstreams upstreams, Catalogs catalogs) {
    this.upstreams = upstreams;
    this.catalogs = catalogs;
  }

  Catalog catalog() {
    return catalogs.current();
  }

  /** Whether there is a server of this name, whoever may see it. */
  boolean knows(String name) {
    return upstreams.find(name).isPresent();
  }

  Visible seenWith(Access access) {
    return new Visible(upstreams, catalogs.current(), access);
  }
}
