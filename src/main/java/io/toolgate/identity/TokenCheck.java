package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.VerificationKeyResolver;

/**
 * Verifies the tokens of one kind: signature first, then times, issuer and audience.
 *
 * <p>Invariant: a token passes only if its algorithm is one of those of its kind, whatever its
 * header says; so a public key is never taken for an HMAC secret, and {@code none} never passes.
 *
 * <p>Threading: any thread.
 */
final class TokenCheck {
  private static final int LEEWAY_SECONDS = 30;

  private final String what;
  private final Set<String> algorithms;
  private final JwtConsumer consumer;
  private final VerifiedTokens verified = new VerifiedTokens(System::nanoTime);

  private TokenCheck(String what, Set<String> algorithms, JwtConsumer consumer) {
    this.what = what;
    this.algorithms = algorithms;
    this.consumer = consumer;
  }

  /**
   * A check of HS256 with a shared secret.
   *
   * @param issuer that is required; null if any is good
   */
  static TokenCheck shared(String what, String secret, String issuer) {
    return shared(what, secret, issuer, times().setRequireExpirationTime());
  }

  /** As {@link #shared(String, String, String)}, but of tokens too that never expire. */
  static TokenCheck sharedForEver(String what, String secret) {
    return shared(what, secret, null, times());
  }

  private static TokenCheck shared(
      String what, String secret, String issuer, JwtConsumerBuilder times) {
    JwtConsumerBuilder builder =
        times
            .setVerificationKey(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)))
            .setRelaxVerificationKeyValidation() // Open WebUI generates secrets of 16 bytes
            .setSkipDefaultAudienceValidation();
    if (issuer != null) {
      builder.setExpectedIssuer(true, issuer);
    }
    return of(what, Set.of(AlgorithmIdentifiers.HMAC_SHA256), builder);
  }

  /** A check with the published keys of an issuer. */
  static TokenCheck published(
      String what,
      Set<String> algorithms,
      VerificationKeyResolver keys,
      String issuer,
      List<String> audiences) {
    JwtConsumerBuilder builder =
        times()
            .setRequireExpirationTime()
            .setVerificationKeyResolver(keys)
            .setExpectedIssuer(true, issuer)
            .setExpectedAudience(true, audiences.toArray(String[]::new));
    return of(what, algorithms, builder);
  }

  private static JwtConsumerBuilder times() {
    return new JwtConsumerBuilder()
        .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
        .setIssuedAtRestrictions(0, Integer.MAX_VALUE); // the leeway comes on top
  }

  private static TokenCheck of(String what, Set<String> algorithms, JwtConsumerBuilder builder) {
    builder.setJwsAlgorithmConstraints(ConstraintType.PERMIT, algorithms.toArray(String[]::new));
    return new TokenCheck(what, algorithms, builder.build());
  }

  Token read(String compact) {
    return Token.read(compact, what);
  }

  /**
   * What a token claims, now that it is proven.
   *
   * @throws ProblemException if it is not
   */
  Claims verify(Token token) {
    if (!algorithms.contains(token.algorithm())) {
      throw Refused.because(what + " is signed with an algorithm that is not accepted for it.");
    }
    Claims known = verified.find(token.compact());
    if (known != null) {
      return known;
    }
    try {
      JwtClaims proven = consumer.processToClaims(token.compact());
      Claims claims = new Claims(proven);
      verified.keep(token.compact(), claims, expiry(proven));
      return claims;
    } catch (MalformedClaimException malformed) {
      throw Refused.because(what + " is malformed.");
    } catch (InvalidJwtException invalid) {
      throw Refused.because(what + " " + reason(invalid) + ".");
    } catch (RuntimeException unreadable) {
      throw Refused.because(what + " is malformed.");
    }
  }

  private static Instant expiry(JwtClaims proven) throws MalformedClaimException {
    return proven.getExpirationTime() == null
        ? Instant.MAX
        : Instant.ofEpochMilli(proven.getExpirationTime().getValueInMillis());
  }

  private static String reason(InvalidJwtException invalid) {
    if (invalid.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)
        || invalid.hasErrorCode(ErrorCodes.SIGNATURE_MISSING)) {
      return "has a wrong signature";
    }
    if (invalid.hasErrorCode(ErrorCodes.EXPIRED)) {
      return "has expired";
    }
    if (invalid.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
      return "never expires (it has no exp), which is not accepted";
    }
    if (invalid.hasErrorCode(ErrorCodes.NOT_YET_VALID)
        || invalid.hasErrorCode(ErrorCodes.ISSUED_AT_INVALID_FUTURE)) {
      return "is not valid yet (compare the clocks of both machines)";
    }
    if (invalid.hasErrorCode(ErrorCodes.ISSUER_MISSING)
        || invalid.hasErrorCode(ErrorCodes.ISSUER_INVALID)) {
      return "comes from another issuer than expected";
    }
    if (invalid.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)
        || invalid.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)) {
      return "is meant for another audience";
    }
    return "is malformed, or signed with a key that is not known here";
  }
}
