package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.toolgate.Await;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertPathValidatorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreachableTest {
  private static final String THIS_MACHINE = "san=dns:localhost,ip:127.0.0.1";

  @TempDir private static Path folder;
  private static TestAuthority authority;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeAll
  static void issueCertificates() throws Exception {
    authority = new TestAuthority(folder);
    authority.issue("good", "-ext", THIS_MACHINE);
    authority.issue("expired", "-ext", THIS_MACHINE, "-startdate", "-10d", "-validity", "5");
    authority.issue("early", "-ext", THIS_MACHINE, "-startdate", "+10d", "-validity", "5");
    authority.issue("other", "-ext", "san=dns:elsewhere.example");
    authority.issue("nameless");
    authority.issue("client", "-ext", THIS_MACHINE, "-ext", "eku=clientAuth");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  /** What the other side does with each connection. */
  private interface Conversation {
    void with(Socket socket) throws IOException;
  }

  private int serve(ServerSocket server, Conversation conversation) {
    opened.add(server);
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  conversation.with(socket);
                } catch (IOException e) {
                  // the client went away, as it is to, or the server was closed
                }
              }
            },
            "server");
    thread.setDaemon(true);
    thread.start();
    return server.getLocalPort();
  }

  private static ServerSocket plain() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static SSLServerSocket tls(String certificate) throws Exception {
    return (SSLServerSocket)
        authority
            .server(certificate)
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static void answer(Socket socket, String bytes) throws IOException {
    socket.getInputStream().read(new byte[1000]);
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Optional<String> told(HttpClientOptions options, String url) {
    RemoteHttp http = new RemoteHttp(Client.VERTX, options);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    RemoteAddress address = RemoteAddress.of(URI.create(url));
    http.client()
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setSsl(address.secure())
                .setHost(address.host())
                .setPort(address.port()))
        .compose(HttpClientRequest::send)
        .onComplete(answered -> failure.complete(answered.cause()));
    return Unreachable.because(Await.result(failure));
  }

  private static HttpClientOptions options() {
    return RemoteHttp.options(Duration.ofSeconds(2));
  }

  private static Optional<String> told(String url) throws Exception {
    return told(options().setTrustOptions(TrustOptions.wrap(authority.client())), url);
  }

  @ParameterizedTest
  @CsvSource({
    "expired, localhost, 'its TLS certificate has expired, or the clock of this machine is wrong'",
    "early, localhost,"
        + " 'its TLS certificate is not valid yet, or the clock of this machine is wrong'",
    "other, localhost, its TLS certificate is for another host name",
    "other, 127.0.0.1, its TLS certificate is for another host name",
    "nameless, localhost, its TLS certificate is for another host name",
    "nameless, 127.0.0.1, its TLS certificate is for another host name",
    "client, localhost, its TLS certificate is not one for servers",
  })
  void tellsWhatIsWrongWithACertificate(String certificate, String host, String sentence)
      throws Exception {
    int port = serve(tls(certificate), socket -> answer(socket, "HTTP/1.1 200 OK\r\n\r\n"));

    assertEquals(Optional.of(sentence), told("https://" + host + ":" + port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "expired", "other"})
  void tellsThatACertificateIsNotTrustedHere(String certificate) throws Exception {
    int port = serve(tls(certificate), socket -> answer(socket, "HTTP/1.1 200 OK\r\n\r\n"));

    assertEquals(
        Optional.of(
            "its TLS certificate is not trusted here (for an authority of your own set"
                + " JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE)"),
        told(options(), "https://localhost:" + port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void tellsThatACertificateIsWantedOfUs(String version) throws Exception {
    SSLServerSocket server = tls("good");
    server.setNeedClientAuth(true);
    server.setEnabledProtocols(new String[] {version});
    int port =
        serve(
            server,
            socket -> {
              answer(socket, "");
              socket.getInputStream().read();
            });

    assertEquals(
        Optional.of("it wants a TLS certificate of its clients, and Toolgate has none"),
        told("https://localhost:" + port));
  }

  @Test
  void tellsThatNoTlsCouldBeAgreedOn() throws Exception {
    SSLServerSocket server = tls("good");
    server.setEnabledProtocols(new String[] {"TLSv1.2"});
    server.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_CBC_SHA"}); // no such key
    int port = serve(server, socket -> answer(socket, ""));

    assertEquals(
        Optional.of("no TLS connection could be agreed on"), told("https://localhost:" + port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
        "<html>You speak TLS to a plain port</html>",
        "SSH-2.0-OpenSSH_9.2\r\n",
      })
  void tellsThatTheServerSpeaksNoTls(String said) throws Exception {
    int port = serve(plain(), socket -> answer(socket, said));

    assertEquals(
        Optional.of("it does not speak TLS (use http://)"), told("https://localhost:" + port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "220 mail.example.org ESMTP\r\n",
        "\u0015\u0003\u0003\u0000\u0002\u0002\u0028", // an alert of TLS
      })
  void tellsThatWhatAnswersSpeaksNoHttp(String said) throws Exception {
    int port = serve(plain(), socket -> answer(socket, said));

    assertEquals(
        Optional.of("what answers there does not speak HTTP (use https:// if it speaks TLS)"),
        told("http://localhost:" + port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret"})
  void tellsThatTheServerSaidNothingThatIsALine(String said) throws Exception {
    int port = serve(plain(), socket -> answer(socket, said));

    assertEquals(
        Optional.of("the connection was closed without an answer (use https:// if it speaks TLS)"),
        told("http://localhost:" + port));
  }

  @Test
  void tellsThatTheConnectionWasReset() throws Exception {
    int port =
        serve(
            plain(),
            socket -> {
              socket.getInputStream().read();
              socket.setSoLinger(true, 0);
            });

    assertEquals(Optional.of("the connection was reset"), told("http://localhost:" + port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void tellsThatNothingListens(String scheme) throws Exception {
    int port;
    try (ServerSocket free = plain()) {
      port = free.getLocalPort();
    }

    assertEquals(Optional.of("connection refused"), told(scheme + "://localhost:" + port));
  }

  /** A label of more than 63 letters is no name; no resolver is asked about it. */
  @Test
  void tellsThatANameIsUnknown() throws Exception {
    RemoteAddress nowhere = RemoteAddress.of(URI.create("http://" + "x".repeat(64) + ".test"));

    CompletableFuture<?> addresses =
        new RemoteRoute(nowhere, new Launched(folder).guard, false).addresses();

    assertEquals(
        Optional.of("unknown host name"),
        Unreachable.because(Await.result(addresses.handle((found, failure) -> failure))));
  }

  @Test
  void tellsThatAServerLetsNobodyInInTime() throws Exception {
    ServerSocket silent = plain();
    opened.add(silent);

    assertEquals(
        Optional.of("the connection timed out"),
        told("https://localhost:" + silent.getLocalPort()));
  }

  /** What cannot be brought about on loopback, as the JDK's sources throw it. */
  @Test
  void knowsWhatHasToBeTakenFromTheSystem() {
    assertEquals(
        Optional.of("no way leads to its address"),
        Unreachable.because(new NoRouteToHostException("No route to host")));
    assertEquals(
        Optional.of("no way leads to its address"),
        Unreachable.because(new ConnectException("Network is unreachable")));
    assertEquals(
        Optional.of("the connection timed out"),
        Unreachable.because(new ConnectException("Connection timed out")));
    assertEquals(
        Optional.of("the connection was reset"),
        Unreachable.because(new SocketException("Connection reset by peer")));
    assertEquals(
        Optional.of(
            "its TLS certificate is not accepted here, for example because its key or signature is"
                + " too weak"),
        Unreachable.because(
            new SSLHandshakeException("PKIX path validation failed")
                .initCause(new CertPathValidatorException("Algorithm constraints check failed"))));
  }

  @Test
  void saysNothingOfOtherFailures() {
    assertEquals(Optional.empty(), Unreachable.because(new IllegalStateException("reset")));
    assertEquals(Optional.empty(), Unreachable.because(new IOException("secret")));
    assertEquals(Optional.empty(), Unreachable.because(null));
  }

  @Test
  void repeatsNothingThatTheOtherSideSaid() throws Exception {
    int port = serve(plain(), socket -> answer(socket, "220 token=hunter2\r\n"));

    assertFalse(told("http://localhost:" + port).orElseThrow().contains("hunter2"));
  }
}
