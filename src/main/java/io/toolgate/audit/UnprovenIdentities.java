package io.toolgate.audit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.toolgate.identity.Authentication;
import jakarta.inject.Singleton;

/**
 * Counts the requests that name a user whom nothing proves: a forgery, or a header that Open WebUI
 * or the gateway sends in vain.
 */
@Singleton
class UnprovenIdentities implements MeterBinder {
  private final Authentication authentication;

  UnprovenIdentities(Authentication authentication) {
    this.authentication = authentication;
  }

  @Override
  public void bindTo(MeterRegistry metrics) {
    FunctionCounter.builder(
            "toolgate.identity.unproven", authentication, Authentication::unprovenHeaders)
        .description(
            "Requests with identity headers that were ignored, because nothing proved them")
        .register(metrics);
  }
}
