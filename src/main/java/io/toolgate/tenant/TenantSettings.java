package io.toolgate.tenant;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings that say where the definitions are and which of them are on. */
@ConfigMapping(prefix = "toolgate.tenant")
public interface TenantSettings {
  /** Folder whose {@code *.json} files are read. */
  Path folder();

  /** A single file that is read instead of the folder. */
  Optional<Path> config();

  /** A command that is served instead of the files, as {@link CommandWords}. */
  Optional<String> command();

  /** Servers to be on although their file leaves them off. */
  Optional<Set<String>> enable();

  /** Servers to be off whatever their file says. */
  Optional<Set<String>> disable();

  /** Files and folders that hold the definitions; none where a command is served instead. */
  default List<Path> paths() {
    return command().isPresent() ? List.of() : List.of(config().orElse(folder()));
  }

  /** Reads what these settings name. */
  default Definitions read(Variables variables, boolean demos) {
    if (command().isPresent()) {
      return TenantFiles.ofCommand(CommandWords.decode(command().get()), variables);
    }
    Enablement enablement =
        new Enablement(demos, enable().orElse(Set.of()), disable().orElse(Set.of()));
    return TenantFiles.read(paths(), variables, enablement);
  }
}
