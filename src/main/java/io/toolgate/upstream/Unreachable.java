package io.toolgate.upstream;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why no connection to a remote server came about, in words that an administrator can act on. The
 * HTTP client tells it by the types of exceptions, some of them only as the cause of another, and
 * where there is no type by their words.
 *
 * <p>Invariant: what is said is one of the sentences here, and never a message of an exception,
 * which may hold an address or whatever the other side has sent.
 */
final class Unreachable {
  /** The first that fits counts: a cause says more than the exception around it. */
  private static final List<Sign> SIGNS =
      List.of(
          new Sign(
              CertificateExpiredException.class,
              "",
              "its TLS certificate has expired, or the clock of this machine is wrong"),
          new Sign(
              CertificateNotYetValidException.class,
              "",
              "its TLS certificate is not valid yet, or the clock of this machine is wrong"),
          new Sign(
              CertPathBuilderException.class,
              "",
              "its TLS certificate is not trusted here (for an authority of your own set"
                  + " JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE)"),
          new Sign(
              CertPathValidatorException.class,
              "",
              "its TLS certificate is not accepted here, for example because its key or signature"
                  + " is too weak"),
          new Sign(
              CertificateException.class,
              "No subject alternative",
              "its TLS certificate is for another host name"),
          new Sign(
              CertificateException.class,
              "No name matching",
              "its TLS certificate is for another host name"),
          new Sign(
              CertificateException.class,
              "key usage",
              "its TLS certificate is not one for servers"),
          new Sign(
              SSLException.class, "not an SSL/TLS record", "it does not speak TLS (use http://)"),
          new Sign(SSLException.class, "timed out", "the connection timed out"),
          new Sign(
              SSLException.class,
              "certificate_required",
              "it wants a TLS certificate of its clients, and Toolgate has none"),
          new Sign(
              SSLException.class,
              "bad_certificate",
              "it wants a TLS certificate of its clients, and Toolgate has none"),
          new Sign(
              SSLException.class,
              "unrecognized_name",
              "it has no TLS certificate for this host name"),
          new Sign(SSLException.class, "", "no TLS connection could be agreed on"),
          new Sign(UnresolvedAddressException.class, "", "unknown host name"),
          new Sign(UnknownHostException.class, "", "unknown host name"),
          new Sign(TimeoutException.class, "", "its host name was not found in time"),
          new Sign(SocketException.class, "timed out", "the connection timed out"),
          new Sign(NoRouteToHostException.class, "", "no way leads to its address"),
          new Sign(SocketException.class, "unreachable", "no way leads to its address"),
          new Sign(IOException.class, "reset", "the connection was reset"),
          new Sign(ConnectException.class, "", "connection refused"),
          new Sign(
              IllegalArgumentException.class,
              "",
              "what answers there does not speak HTTP (use https:// if it speaks TLS)"),
          new Sign(
              DecoderException.class,
              "",
              "what answers there does not speak HTTP (use https:// if it speaks TLS)"),
          new Sign(
              HttpClosedException.class,
              "",
              "the connection was closed without an answer (use https:// if it speaks TLS)"));

  private Unreachable() {}

  /**
   * @return goes on after "The server cannot be reached: ", without a full stop; empty where the
   *     failure is of no kind that is known here
   */
  static Optional<String> because(Throwable failure) {
    return SIGNS.stream().filter(sign -> sign.isIn(failure)).map(Sign::sentence).findFirst();
  }

  /**
   * @param words that the message has as well; none are in every message
   */
  private record Sign(Class<? extends Throwable> type, String words, String sentence) {
    boolean isIn(Throwable failure) {
      return Stream.iterate(failure, t -> t != null, Throwable::getCause)
          .anyMatch(t -> type.isInstance(t) && String.valueOf(t.getMessage()).contains(words));
    }
  }
}
