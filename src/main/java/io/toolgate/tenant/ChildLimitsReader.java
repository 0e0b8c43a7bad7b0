package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** What a child process may take at most: memory, processor time, open files. */
final class ChildLimitsReader {
  private static final String MEMORY = "memory";
  private static final String CPU = "cpu";
  private static final String FILES = "files";
  private static final Set<String> KEYS = Set.of(MEMORY, CPU, FILES);

  /** Less holds no program; whoever writes it has forgotten the unit. */
  private static final long LEAST_MEMORY = 1024 * 1024;

  private static final BigDecimal LEAST_CPU = new BigDecimal("0.01");
  private static final BigDecimal MOST_CPU = new BigDecimal(1024);

  private final Fields fields;
  private final Findings findings;

  ChildLimitsReader(Fields fields, Findings findings) {
    this.fields = fields;
    this.findings = findings;
  }

  ChildLimits read() {
    Optional<ObjectNode> limits = fields.object(ServerKey.LIMITS);
    if (limits.isEmpty()) {
      return ChildLimits.NONE;
    }
    UnknownKeys.judge(limits.get(), fields.place(ServerKey.LIMITS), KEYS, findings);
    return new ChildLimits(
        limit(limits.get(), MEMORY, this::memory),
        limit(limits.get(), CPU, this::cpus),
        limit(limits.get(), FILES, (at, node) -> fields.values().whole(at, node, 1)));
  }

  private <T> Optional<T> limit(
      ObjectNode limits, String key, BiFunction<Place, JsonNode, Optional<T>> reading) {
    return Optional.ofNullable(limits.get(key))
        .filter(node -> !node.isNull())
        .flatMap(node -> reading.apply(fields.place(ServerKey.LIMITS).child(key), node));
  }

  private Optional<Long> memory(Place at, JsonNode node) {
    Optional<Long> bytes;
    if (node.isNumber()) {
      bytes = Amounts.whole(node.decimalValue());
    } else {
      Optional<Text> text =
          fields
              .values()
              .string(at, node, "a number of bytes or a string such as \"512m\"")
              .filter(Text::known);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      bytes = Amounts.bytes(text.get().value());
    }
    if (bytes.filter(size -> size >= LEAST_MEMORY).isEmpty()) {
      findings.mistake(
          at,
          Values.written(node)
              + " is no size from 1 MiB up; write bytes, or a string such as \"512m\" or \"1g\"");
      return Optional.empty();
    }
    return bytes;
  }

  private Optional<Double> cpus(Place at, JsonNode node) {
    Optional<BigDecimal> cpus =
        fields.values().number(at, node, "a number of processors such as 0.5");
    if (cpus.isPresent()
        && (cpus.get().compareTo(LEAST_CPU) < 0 || cpus.get().compareTo(MOST_CPU) > 0)) {
      findings.mistake(at, Values.written(node) + " is no number of processors from 0.01 to 1024");
      return Optional.empty();
    }
    return cpus.map(BigDecimal::doubleValue);
  }
}
