package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.toolgate.identity.Provider;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proofs that cannot be verified at once: the keys of an identity provider must be read first. */
class LateProofsIT {
  private static final String MESSAGE = "m".repeat(3 << 20);
  private Provider provider;
  private Product product;

  @BeforeEach
  void start() throws IOException {
    provider = Provider.start();
    product =
        Product.serving(
                Map.of("s", Definition.of(Scripted.stdio().withoutOddTools())),
                Map.of(
                    "JWT_JWKS_URL", provider.url(),
                    "JWT_ISSUER", Provider.ISSUER,
                    "JWT_AUDIENCE", Provider.AUDIENCE,
                    "MCP_API_KEY", Proofs.KEY,
                    "ADMIN_EMAILS", Proofs.ANN))
            .proving("X-API-Key", Proofs.KEY)
            .awaitReady("s");
    product.await(
        "grants are read",
        () -> product.log().stream().anyMatch(line -> line.contains("Grants of")));
  }

  @AfterEach
  void stop() {
    provider.release();
    product.close();
    provider.close();
  }

  private static String proof() {
    return "Bearer " + Provider.token(Provider.claims(Proofs.ANN));
  }

  @Test
  void aRequestWaitsForItsProofWithItsBodyAndHoldsUpNobody() {
    provider.hold();
    byte[] body = ("{\"message\":\"" + MESSAGE + "\"}").getBytes(StandardCharsets.UTF_8);
    CompletableFuture<Answer> later =
        Answer.later("POST", product.url() + "/s/echo", body, "Authorization", proof());
    product.await("the keys are asked for", () -> provider.reads.get() > 0);
    for (int i = 0; i < 20; i++) {
      product.get("/servers", "X-API-Key", Proofs.KEY).ok();
    }
    assertFalse(later.isDone());

    provider.release();

    assertEquals(MESSAGE.length() + 2, later.join().ok().length());
  }

  @Test
  void aProofThatCannotBeVerifiedNowIs503AndNoOneElses() {
    provider.status = 500;

    Answer answer = product.get("/servers", "Authorization", proof());
    Answer both = product.get("/servers", "Authorization", proof(), "X-API-Key", Proofs.KEY);

    answer.refused(503, "access-unknown");
    both.refused(503, "access-unknown");
    product.get("/health", "Authorization", proof()).ok();
  }

  @Test
  void aTokenOfTheProviderThatIsBadIs401() {
    String foreign =
        Provider.token(Provider.claims(Proofs.ANN).claim("aud", "another-application"));

    Answer answer = product.get("/servers", "Authorization", "Bearer " + foreign);

    answer.refused(401, "unauthenticated");
    assertEquals(
        "Bearer realm=\"toolgate\", error=\"invalid_token\"",
        answer.header("WWW-Authenticate").orElse(""));
  }
}
