package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.util.Set;

/** Users named by Open WebUI in its signed header, {@code X-OpenWebUI-User-Jwt}. */
final class SignedHeader {
  private static final String WHAT = "The signed user header";
  private static final String ISSUER = "open-webui";

  private final TokenCheck check;

  SignedHeader(String secret) {
    this.check = TokenCheck.shared(WHAT, secret, ISSUER);
  }

  /**
   * @throws ProblemException if the header proves nobody
   */
  ProvenUser user(String header) {
    Claims claims = check.verify(check.read(header));
    String email =
        claims.text("email").orElseThrow(() -> Refused.because(WHAT + " names no e-mail address."));
    return new ProvenUser(
        Email.of(email, WHAT),
        claims.text("sub").orElse(""),
        claims.text("name").orElse(""),
        Set.of(),
        ProvenUser.isAdmin(claims.text("role").orElse(null)),
        Proof.SIGNED_HEADER);
  }
}
