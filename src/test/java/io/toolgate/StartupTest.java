package io.toolgate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StartupTest {
  @Test
  void theAdviceKeepsWhatIsEnabled() {
    assertEquals("time,memory", Startup.enabling(Set.of(), List.of("time", "memory")));
    assertEquals("a,b,time", Startup.enabling(Set.of("b", " a", ""), List.of("time")));
    assertEquals("time,memory", Startup.enabling(Set.of("time"), List.of("time", "memory")));
  }
}
