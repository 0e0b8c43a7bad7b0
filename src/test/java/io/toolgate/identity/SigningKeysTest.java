package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.UnresolvableKeyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
  private Provider provider;
  private SigningKeys keys;
  private volatile long now = 1;

  @BeforeEach
  void start() throws IOException {
    provider = Provider.start();
    keys = new SigningKeys(URI.create(provider.url()), () -> now);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private static JsonWebSignature token(PublicJsonWebKey key) {
    String compact = Provider.token(Provider.claims("ann@example.org"), key, "RS256");
    return Token.read(compact, "The token").signature();
  }

  private boolean knows(PublicJsonWebKey key) {
    JsonWebSignature token = token(key);
    keys.ready(token).join();
    try {
      keys.resolveKey(token, List.of());
      return true;
    } catch (UnresolvableKeyException unknown) {
      return false;
    }
  }

  private void pass(Duration time) {
    now += time.toNanos() + 1;
  }

  @Test
  void aNewKeyIsReadWhenItIsFirstSeen() {
    knows(Provider.RSA);
    pass(SigningKeys.PAUSE);
    provider.published.add(Provider.OTHER_RSA);

    assertTrue(knows(Provider.OTHER_RSA));
    assertEquals(2, provider.reads.get());
  }

  @Test
  void unknownKeysCannotMakeItReadAgainAndAgain() {
    knows(Provider.RSA);
    for (int i = 0; i < 100; i++) {
      assertEquals(false, knows(Provider.OTHER_RSA));
    }

    assertEquals(1, provider.reads.get());
  }

  @Test
  void aWithdrawnKeyIsForgotten() {
    provider.published.add(Provider.OTHER_RSA);
    knows(Provider.OTHER_RSA);
    provider.published.remove(Provider.OTHER_RSA);
    pass(SigningKeys.USED);

    assertEquals(false, knows(Provider.OTHER_RSA));
  }

  @Test
  void keysThatCannotBeReadAgainAreUsedForAWhileOnly() {
    knows(Provider.RSA);
    provider.status = 500;
    pass(SigningKeys.FRESH);
    assertTrue(knows(Provider.RSA));

    pass(SigningKeys.USED);
    assertThrows(CompletionException.class, () -> knows(Provider.RSA));
  }

  @Test
  void readsAgainSoonAfterAFailure() {
    provider.status = 500;
    assertThrows(CompletionException.class, () -> knows(Provider.RSA));
    assertThrows(CompletionException.class, () -> knows(Provider.RSA));
    assertEquals(1, provider.reads.get());
    provider.status = 200;
    pass(SigningKeys.PAUSE_AFTER_FAILURE);

    assertTrue(knows(Provider.RSA));
  }
}
