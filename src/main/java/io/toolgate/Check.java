package io.toolgate;

import io.toolgate.tenant.Definitions;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.TenantMistakes;
import io.toolgate.tenant.TenantSettings;
import io.toolgate.tenant.Variables;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Reads the definitions as a start does, and says all there is to say of them. */
final class Check {
  private final Config config;

  Check(Config config) {
    this.config = config;
  }

  /**
   * Starts nothing.
   *
   * @return the exit code: 0 when Toolgate would start with them, 1 when not
   */
  int run(PrintStream out) {
    TenantSettings settings = new Settings(config);
    Variables variables =
        PredefinedVariables.of(
            config.getOptionalValue("toolgate.home", Path.class).orElse(Path.of(".")),
            config.getValue("toolgate.data", Path.class));
    try {
      Definitions found = settings.read(variables, true);
      warn(found.warnings(), out);
      out.printf(
          "No mistakes. Servers: %d, on: %d, warnings: %d%n",
          found.servers().size(),
          found.servers().stream().filter(ServerDefinition::enabled).count(),
          found.warnings().size());
      return 0;
    } catch (TenantMistakes mistakes) {
      warn(mistakes.warnings(), out);
      mistakes.mistakes().forEach(mistake -> out.println("mistake: " + mistake));
      out.printf(
          "Mistakes: %d, warnings: %d%n", mistakes.mistakes().size(), mistakes.warnings().size());
      return 1;
    }
  }

  /** As a start has them, which alone maps them by itself. */
  private record Settings(Config from) implements TenantSettings {
    @Override
    public Path folder() {
      return from.getValue("toolgate.tenant.folder", Path.class);
    }

    @Override
    public Optional<Path> config() {
      return from.getOptionalValue("toolgate.tenant.config", Path.class);
    }

    @Override
    public Optional<String> command() {
      return from.getOptionalValue("toolgate.tenant.command", String.class);
    }

    @Override
    public Optional<Set<String>> enable() {
      return names("toolgate.tenant.enable");
    }

    @Override
    public Optional<Set<String>> disable() {
      return names("toolgate.tenant.disable");
    }

    private Optional<Set<String>> names(String setting) {
      return from.getOptionalValue(setting, String[].class)
          .map(names -> new HashSet<>(List.of(names)));
    }
  }

  private static void warn(List<String> warnings, PrintStream out) {
    warnings.forEach(warning -> out.println("warning: " + warning));
  }
}
