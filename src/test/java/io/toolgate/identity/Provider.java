package io.toolgate.identity;

import com.sun.net.httpserver.HttpServer;
import io.toolgate.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A small identity provider: publishes keys on loopback and signs tokens with them. */
public final class Provider implements AutoCloseable {
  public static final String ISSUER = "https://login.example/tenant";
  public static final String AUDIENCE = "toolgate";

  /** Generated once, because that takes long. */
  static final PublicJsonWebKey RSA = rsa("rsa-1");

  static final PublicJsonWebKey OTHER_RSA = rsa("rsa-2");
  static final PublicJsonWebKey EC = ec("ec-1");
  static final PublicJsonWebKey ED = ed("ed-1");

  final List<JsonWebKey> published = new CopyOnWriteArrayList<>(List.of(RSA, EC, ED));
  public final AtomicInteger reads = new AtomicInteger();
  public volatile int status = 200;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private final HttpServer server;

  private Provider(HttpServer server) {
    this.server = server;
  }

  public static Provider start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Provider provider = new Provider(server);
    server.createContext(
        "/keys",
        exchange -> {
          provider.reads.incrementAndGet();
          provider.awaitRelease();
          byte[] body = new JsonWebKeySet(provider.published).toJson().getBytes("UTF-8");
          exchange.sendResponseHeaders(provider.status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return provider;
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/keys";
  }

  /** Answers nothing until {@link #release}. */
  public void hold() {
    held = new CountDownLatch(1);
  }

  public void release() {
    held.countDown();
  }

  private void awaitRelease() {
    try {
      held.await(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Claims of a token that is good. */
  public static Minted claims(String email) {
    return new Minted()
        .claim("iss", ISSUER)
        .claim("aud", List.of("another", AUDIENCE))
        .claim("sub", "subject-1")
        .claim("email", email)
        .claim("name", "Somebody")
        .claim("groups", List.of("staff"))
        .claim("iat", Minted.now())
        .claim("exp", Minted.now() + 600);
  }

  public static String token(Minted minted) {
    return token(minted, RSA, "RS256");
  }

  static String token(Minted minted, PublicJsonWebKey key, String algorithm) {
    try {
      JwtClaims claims = new JwtClaims();
      minted.claims().forEach(claims::setClaim);
      JsonWebSignature signature = new JsonWebSignature();
      signature.setPayload(claims.toJson());
      signature.setAlgorithmHeaderValue(algorithm);
      signature.setKeyIdHeaderValue(key.getKeyId());
      signature.setKey(key.getPrivateKey());
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static PublicJsonWebKey rsa(String id) {
    try {
      return named(RsaJwkGenerator.generateJwk(2048), id);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicJsonWebKey ec(String id) {
    try {
      return named(EcJwkGenerator.generateJwk(EllipticCurves.P256), id);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicJsonWebKey ed(String id) {
    try {
      return named(OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519), id);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicJsonWebKey named(PublicJsonWebKey key, String id) {
    key.setKeyId(id);
    return key;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
