package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskingTest {
  @Test
  void masksEveryOccurrence() {
    assertEquals("a *** b ***", new Masking(Set.of("secret")).mask("a secret b secret"));
  }

  @Test
  void leavesNoRestOfALongerSecretThatHoldsAShorterOne() {
    Masking masking = new Masking(Set.of("secret", "secret-and-more", "pre-secret-and-more"));

    assertEquals("***, ***, ***", masking.mask("secret, secret-and-more, pre-secret-and-more"));
  }

  @Test
  void readsSecretsLiterally() {
    assertEquals("***", new Masking(Set.of("a.*$1\\")).mask("a.*$1\\"));
  }

  @Test
  void leavesTextWithoutSecretsAsItIs() {
    assertEquals("nothing here", new Masking(Set.of()).mask("nothing here"));
  }
}
