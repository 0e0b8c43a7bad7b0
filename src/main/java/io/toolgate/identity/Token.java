package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/**
 * A signed JWT in compact form (RFC 7515, section 7.1) whose header has been read and of which
 * nothing is proven yet.
 */
record Token(String compact, JsonWebSignature signature) {
  /** Characters of the longest header that is looked at. */
  static final int LONGEST = 8192;

  private static final int DOTS = 2;

  /** Whether a text looks like a JWT rather than like a key or an opaque token. */
  static boolean looksLike(String text) {
    return text.chars().filter(c -> c == '.').count() >= DOTS;
  }

  /**
   * @param what what it is called in the refusal, for example {@code "The session token"}
   * @throws ProblemException if it is no signed JWT
   */
  static Token read(String compact, String what) {
    JsonWebStructure structure;
    try {
      structure = JsonWebStructure.fromCompactSerialization(compact);
    } catch (JoseException | RuntimeException notReadable) {
      throw Refused.because(what + " is malformed.");
    }
    if (structure instanceof JsonWebSignature signature) {
      return new Token(compact, signature);
    }
    throw Refused.because(what + " is not a signed JWT.");
  }

  /** As the header says; {@code ""} if it does not, or says anything but a text. */
  String algorithm() {
    return signature.getHeaders().getObjectHeaderValue(HeaderParameterNames.ALGORITHM)
            instanceof String algorithm
        ? algorithm
        : "";
  }

  boolean isHs256() {
    return algorithm().equals(AlgorithmIdentifiers.HMAC_SHA256);
  }

  @Override
  public String toString() {
    return "Token[" + algorithm() + "]";
  }
}
