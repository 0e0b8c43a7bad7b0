package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
  private static final Claims CLAIMS = new Claims(new JwtClaims());

  private long now = 1;
  private final VerifiedTokens tokens = new VerifiedTokens(() -> now);

  @Test
  void aTokenIsKeptForAMinute() {
    tokens.keep("a.b.c", CLAIMS, Instant.MAX);
    now += VerifiedTokens.KEPT.toNanos() - 1;
    assertSame(CLAIMS, tokens.find("a.b.c"));
    now += 1;

    assertNull(tokens.find("a.b.c"));
  }

  @Test
  void aTokenIsNotKeptPastItsExpiry() {
    tokens.keep("a.b.c", CLAIMS, Instant.now());

    assertNull(tokens.find("a.b.c"));
  }

  @Test
  void anotherSignatureIsAnotherToken() {
    tokens.keep("a.b.c", CLAIMS, Instant.MAX);

    assertNull(tokens.find("a.b.d"));
  }

  @Test
  void onlySoManyAreKept() {
    for (int i = 0; i < 3 * VerifiedTokens.MOST; i++) {
      tokens.keep("token " + i, CLAIMS, Instant.MAX);
    }

    assertFalse(tokens.size() > VerifiedTokens.MOST);
  }
}
