package io.toolgate.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as Open WebUI mints them, made without a JWT library, and their forgeries. */
public final class Minted {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Object> header =
      new LinkedHashMap<>(Map.of("alg", "HS256", "typ", "JWT"));
  private final Map<String, Object> claims = new LinkedHashMap<>();

  /** The signed user header, good for five minutes. */
  public static Minted header(String email) {
    return new Minted()
        .claim("sub", "id-of-" + email)
        .claim("email", email)
        .claim("name", "Somebody")
        .claim("role", "user")
        .claim("iss", "open-webui")
        .claim("iat", now())
        .claim("exp", now() + 300);
  }

  /** A session token, good for an hour. */
  public static Minted session(String id) {
    return new Minted().claim("id", id).claim("jti", "1").claim("exp", now() + 3600);
  }

  static long now() {
    return Instant.now().getEpochSecond();
  }

  public Minted claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  Minted without(String name) {
    claims.remove(name);
    return this;
  }

  Minted algorithm(String name) {
    header.put("alg", name);
    return this;
  }

  Map<String, Object> claims() {
    return claims;
  }

  public String sign(String secret) {
    return sign("HmacSHA256", secret);
  }

  String sign(String mac, String secret) {
    return sign(encode(json(header)), mac, secret);
  }

  /** The claims under a header of one's own making, in base64url. */
  static String signed(String header, Minted minted, String secret) {
    return minted.sign(header, "HmacSHA256", secret);
  }

  private String sign(String encodedHeader, String mac, String secret) {
    try {
      Mac hmac = Mac.getInstance(mac);
      hmac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac));
      String input = encodedHeader + "." + encode(json(claims));
      return input + "." + encode(hmac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With an empty signature. */
  String unsigned() {
    return encode(json(header)) + "." + encode(json(claims)) + ".";
  }

  private static byte[] json(Map<String, Object> object) {
    try {
      return JSON.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
