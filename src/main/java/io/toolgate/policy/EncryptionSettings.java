package io.toolgate.policy;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of what is encrypted in the database. */
@ConfigMapping(prefix = "toolgate.encryption")
public interface EncryptionSettings {
  /** Keys of 256 bits in Base64, separated by commas: the first encrypts, all decrypt. */
  Optional<String> key();

  Optional<Path> keyFile();
}
