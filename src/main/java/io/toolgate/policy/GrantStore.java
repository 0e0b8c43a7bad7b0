package io.toolgate.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads the tables that decide access. */
@ApplicationScoped
class GrantStore {
  CompletionStage<Grants> read() {
    return CompletableFuture.completedStage(new Grants.Rows().grants());
  }
}
