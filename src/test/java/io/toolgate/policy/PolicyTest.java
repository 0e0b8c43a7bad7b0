package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.identity.Caller;
import org.junit.jupiter.api.Test;

class PolicyTest {
  @Test
  void grantsEveryServerWhileThereIsNobodyToTellApart() {
    Access access = new Policy().accessOf(new Caller.Anonymous());

    assertTrue(access.grants("anything"));
  }

  @Test
  void anAccessGrantsWhatItsDecisionNames() {
    Access access = new Access("github"::equals);

    assertTrue(access.grants("github"));
    assertFalse(access.grants("GitHub"));
  }
}
