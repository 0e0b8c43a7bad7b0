package io.toolgate.upstream;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All upstreams, as the product has them, without the product. */
public final class Upstreaming {
  private Upstreaming() {}

  static Upstreams with(ToolLists lists) {
    return new Upstreams(
        new Nobody(),
        new Settings(),
        new EndpointGuard(List.of(), InetAddress::getAllByName, Duration.ofSeconds(10)),
        lists,
        otherwise -> otherwise,
        Client.HTTP,
        Path.of("target", "no-data"),
        "1.2.3");
  }

  /** With a database that never comes. */
  static Upstreams alone() {
    return with(new ToolLists(null, () -> false));
  }

  /** Nobody is told of changed tools. */
  private static final class Nobody implements Event<ToolsChanged> {
    @Override
    public void fire(ToolsChanged event) {}

    @Override
    public <U extends ToolsChanged> CompletionStage<U> fireAsync(U event) {
      return CompletableFuture.completedStage(event);
    }

    @Override
    public <U extends ToolsChanged> CompletionStage<U> fireAsync(
        U event, NotificationOptions options) {
      return fireAsync(event);
    }

    @Override
    public Event<ToolsChanged> select(Annotation... qualifiers) {
      return this;
    }

    @Override
    public <U extends ToolsChanged> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <U extends ToolsChanged> Event<U> select(
        TypeLiteral<U> subtype, Annotation... qualifiers) {
      throw new UnsupportedOperationException();
    }
  }
}
