package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpAsyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpTransportSessionNotFoundException;
import io.modelcontextprotocol.spec.ProtocolVersions;
import io.toolgate.tenant.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import reactor.core.publisher.Mono;

/**
 * An MCP server reached over HTTP, by the MCP SDK's Streamable HTTP or SSE transport.
 *
 * <p>Invariant: a redirect is never followed, because the headers carry credentials; an answer
 * larger than {@link Json#MAX_MESSAGE} is refused.
 *
 * <p>Threading: the SDK's own; {@link #send} returns at once.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http">MCP,
 *     Streamable HTTP</a>
 */
final class RemoteConnection implements Connection {
  private static final Logger LOG = Logger.getLogger("toolgate.session");
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final String HEADERS = "headers";
  private static final long SIGN_OF_LIFE = 0; // an id that no request has

  private final String server;
  private final McpClientTransport transport;
  private final Listener listener;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger sending = new AtomicInteger();
  private volatile String revision = ProtocolVersions.MCP_2025_11_25;

  private RemoteConnection(String server, McpClientTransport transport, Listener listener) {
    this.server = server;
    this.transport = transport;
    this.listener = listener;
  }

  /** Connects; a server that cannot be reached is told to the listener. */
  static RemoteConnection open(
      Opening opening, Transport.Remote remote, Transport.Protocol protocol, Listener listener) {
    CompletableFuture<Void> streamEnded = new CompletableFuture<>();
    McpClientTransport transport =
        protocol == Transport.Protocol.SSE
            ? sse(opening, remote, () -> streamEnded.complete(null))
            : streamable(opening, remote);
    RemoteConnection connection =
        new RemoteConnection(opening.definition().name(), transport, listener);
    transport.setExceptionHandler(connection::broken);
    transport
        .connect(connection::receive)
        .subscribe(
            nothing -> {},
            connection::lost,
            () -> streamEnded.thenRun(() -> connection.lost(RemoteFailure.STREAM_ENDED)));
    return connection;
  }

  private static McpClientTransport streamable(Opening opening, Transport.Remote remote) {
    return HttpClientStreamableHttpTransport.builder(origin(remote.url()))
        .endpoint(target(remote.url()))
        .jsonMapper(new JacksonMcpJsonMapper(Json.MAPPER))
        .clientBuilder(client())
        .connectTimeout(CONNECT_TIMEOUT)
        .requestBuilder(request(remote.headers(opening.told())))
        .addAsyncHttpRequestCustomizer(customized(opening.guard()))
        .maxResponseSize(Json.MAX_MESSAGE)
        .build();
  }

  /** Deprecated in the SDK as SSE is in MCP; servers that speak nothing else are still around. */
  @SuppressWarnings("deprecation")
  private static McpClientTransport sse(
      Opening opening, Transport.Remote remote, Runnable streamEnded) {
    return HttpClientSseClientTransport.builder(origin(remote.url()))
        .sseEndpoint(target(remote.url()))
        .jsonMapper(new JacksonMcpJsonMapper(Json.MAPPER))
        .clientBuilder(WatchedHttpClient.builder(client(), streamEnded))
        .connectTimeout(CONNECT_TIMEOUT)
        .requestBuilder(request(remote.headers(opening.told())))
        .addAsyncHttpRequestCustomizer(customized(opening.guard()))
        .maxResponseSize(Json.MAX_MESSAGE)
        .build();
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  private static HttpRequest.Builder request(Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    headers.forEach(request::setHeader);
    return request;
  }

  /** Adds what only one message has, and judges where it goes. */
  private static McpAsyncHttpClientRequestCustomizer customized(Optional<EndpointGuard> guard) {
    return (request, method, endpoint, body, message) -> {
      if (message.get(HEADERS) instanceof Map<?, ?> headers) {
        headers.forEach((name, value) -> request.setHeader((String) name, (String) value));
      }
      return guard.isEmpty()
          ? Mono.just(request)
          : Mono.fromFuture(() -> guard.get().judge(endpoint))
              .map(
                  decision -> {
                    if (decision instanceof EndpointGuard.Decision.Refused refused) {
                      throw new RemoteFailure.EndpointRefused(
                          endpoint.getHost() + " " + refused.reason());
                    }
                    return request;
                  });
    };
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  private static String target(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  private Mono<McpSchema.JSONRPCMessage> receive(Mono<McpSchema.JSONRPCMessage> incoming) {
    return incoming.doOnNext(
        message -> {
          try {
            listener.received(Json.MAPPER.valueToTree(message));
          } catch (RuntimeException e) {
            LOG.errorf(e, "%s: a message could not be handled", server);
          }
        });
  }

  @Override
  public long send(ObjectNode message, Map<String, String> headers) {
    sending.incrementAndGet();
    McpTransportContext own = McpTransportContext.create(Map.of(HEADERS, headers));
    transport
        .sendMessage(typed(message))
        .contextWrite(
            context ->
                context
                    .put(McpAsyncClient.NEGOTIATED_PROTOCOL_VERSION, revision)
                    .put(McpTransportContext.KEY, own))
        .subscribe(
            nothing -> {},
            failure -> {
              sending.decrementAndGet();
              listener.notSent(message, RemoteFailure.explain(failure));
              failed(failure);
            },
            sending::decrementAndGet);
    return 0;
  }

  private static McpSchema.JSONRPCMessage typed(ObjectNode message) {
    JsonNode id = message.get("id");
    Object typedId = id == null ? null : id.isNumber() ? (Object) id.longValue() : id.asText();
    if (!message.has("method")) {
      return new McpSchema.JSONRPCResponse(
          "2.0",
          typedId,
          message.get("result"),
          Json.MAPPER.convertValue(
              message.get("error"), McpSchema.JSONRPCResponse.JSONRPCError.class));
    }
    String method = message.get("method").textValue();
    return typedId == null
        ? new McpSchema.JSONRPCNotification(method, message.get("params"))
        : new McpSchema.JSONRPCRequest(method, typedId, message.get("params"));
  }

  @Override
  public void agreed(String newRevision) {
    revision = newRevision;
  }

  /**
   * A stream broke. While a message is being sent it may be that message's, whose sender is told as
   * well and first. Otherwise some answer will not come: whether because the server is gone is
   * found by asking for a sign of life.
   */
  private void broken(Throwable failure) {
    if (sending.get() == 0) {
      failed(failure);
      send(Json.MAPPER.createObjectNode().put("method", "ping").put("id", SIGN_OF_LIFE), Map.of());
    }
  }

  /** Errors after which the conversation cannot go on end it; others concern one message only. */
  private void failed(Throwable failure) {
    if (failure instanceof McpTransportSessionNotFoundException
        || RemoteFailure.explain(failure).effect() == Effect.NONE) {
      lost(failure);
    }
  }

  private void lost(Throwable failure) {
    if (closed.compareAndSet(false, true)) {
      listener.closed(RemoteFailure.explain(failure).reason());
      transport.closeGracefully().subscribe(nothing -> {}, ignored -> {});
    }
  }

  @Override
  public CompletableFuture<Void> close() {
    if (!closed.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    listener.closed("The session was closed.");
    return transport.closeGracefully().onErrorComplete().toFuture();
  }
}
