package io.toolgate.upstream;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Transport;
import io.toolgate.tenant.Transport.Protocol;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An open session and what its beginning told.
 *
 * @param session usable until its {@code closed()} completes
 */
record Live(McpSession session, Handshake handshake) {
  private static final String NO_FOLDER = "Its working folder ";
  private static final String NO_PROGRAM = "The program \"";

  /**
   * One attempt to open a session, over the transport the definition names.
   *
   * <p>The returned future completes with a {@link ProblemException} when it fails; nothing of the
   * attempt is left behind then.
   *
   * @param sessions makes an unconnected session
   * @param onSession told of every session that is begun, so that a stop during the attempt can end
   *     it
   */
  static CompletableFuture<Live> open(
      Opening opening,
      StderrTail stderr,
      Surroundings surroundings,
      Supplier<McpSession> sessions,
      Consumer<McpSession> onSession,
      Duration timeout) {
    Attempt attempt =
        protocol -> {
          McpSession session = sessions.get();
          session.over(connect(opening, protocol, stderr, surroundings, session));
          onSession.accept(session);
          return Handshake.perform(
                  opening.definition().name(), session, surroundings.version(), timeout)
              .orTimeout(timeout.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
              .whenComplete(
                  (handshake, failure) -> {
                    if (failure != null) {
                      session.close();
                    }
                  })
              .thenApply(handshake -> new Live(session, handshake));
        };
    if (opening.definition().transport() instanceof Transport.Remote remote
        && remote.protocol() == Protocol.AUTO) {
      return attempt
          .over(Protocol.STREAMABLE_HTTP)
          .handle(
              (live, failure) ->
                  failure == null
                      ? CompletableFuture.completedFuture(live)
                      : attempt.over(Protocol.SSE).exceptionallyCompose(second -> failed(failure)))
          .thenCompose(result -> result);
    }
    return attempt.over(
        opening.definition().transport() instanceof Transport.Remote remote
            ? remote.protocol()
            : Protocol.AUTO);
  }

  private interface Attempt {
    CompletableFuture<Live> over(Protocol protocol);
  }

  private static CompletableFuture<Live> failed(Throwable failure) {
    return CompletableFuture.failedFuture(failure);
  }

  private static Connection connect(
      Opening opening,
      Protocol protocol,
      StderrTail stderr,
      Surroundings surroundings,
      McpSession session) {
    ServerDefinition definition = opening.definition();
    if (definition.transport() instanceof Transport.Remote remote) {
      RemoteServer server =
          new RemoteServer(
              surroundings.http(),
              surroundings.workers(),
              opening,
              remote,
              surroundings.children().log(definition.name()));
      return protocol == Protocol.SSE
          ? SseConnection.open(server, session)
          : new StreamableConnection(server, session);
    }
    Transport.Stdio stdio = (Transport.Stdio) definition.transport();
    try {
      return StdioConnection.open(
          definition.name(), stdio.to(opening.told()), stderr, session, surroundings.children());
    } catch (IOException e) {
      throw new CompletionException(Problem.UPSTREAM_UNAVAILABLE.because(cannotStart(stdio)));
    }
  }

  /** Whether a reason that was given here is that. */
  static boolean isAboutMissing(String reason) {
    return reason.startsWith(NO_FOLDER) || reason.startsWith(NO_PROGRAM);
  }

  private static String cannotStart(Transport.Stdio stdio) {
    if (stdio.cwd().isPresent() && !stdio.cwd().get().toFile().isDirectory()) {
      return NO_FOLDER + stdio.cwd().get() + " does not exist.";
    }
    String hint =
        switch (stdio.command()) {
          case "npx", "npm", "node" -> " Install Node.js, or leave this server off.";
          case "uvx", "uv" -> " Install uv, or leave this server off.";
          case "docker" -> " Install Docker, or leave this server off.";
          default -> "";
        };
    return NO_PROGRAM + stdio.command() + "\" was not found or cannot be run." + hint;
  }
}
