package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolFilterTest {
  private static final List<String> TOOLS = List.of("dup", "convert_time");

  @Test
  void namesWhatIsNoToolAndWhatIsMeant() {
    ToolFilter filter =
        new ToolFilter(Optional.of(Set.of("convert-time", "dup")), Set.of("Dup", "get_*"));

    assertEquals(
        List.of(
            "enabledTools names \"convert-time\", which is no tool of it; did you mean"
                + " \"convert_time\"?",
            "disabledTools names \"Dup\", which is no tool of it; did you mean \"dup\"?",
            "disabledTools names \"get_*\", which is no tool of it"),
        filter.strangers(TOOLS));
  }

  @Test
  void saysNothingOfOneThatFits() {
    assertEquals(List.of(), new ToolFilter(Optional.empty(), Set.of("dup")).strangers(TOOLS));
    assertEquals(List.of(), ToolFilter.ALL.strangers(TOOLS));
  }
}
