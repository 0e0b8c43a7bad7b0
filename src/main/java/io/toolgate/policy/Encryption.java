package io.toolgate.policy;

import io.toolgate.identity.SecretReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The keys for what is encrypted in the database, as configured. */
@ApplicationScoped
public class Encryption {
  private static final String NAME = "TOOLGATE_ENCRYPTION_KEY";

  private final List<String> mistakes = new ArrayList<>();
  private final KeyRing keys;

  @Inject
  Encryption(EncryptionSettings settings) {
    this(settings, System::getenv);
  }

  /**
   * @param environment the process's own, by name
   */
  Encryption(EncryptionSettings settings, Function<String, String> environment) {
    keys =
        new SecretReader(environment, mistakes)
            .text(NAME, settings.key(), settings.keyFile())
            .flatMap(text -> new KeyRingReader(NAME, mistakes).read(text))
            .orElse(KeyRing.EMPTY);
  }

  /** What is wrong with the settings, one sentence each; the start is to be refused with them. */
  public List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  KeyRing keys() {
    return keys;
  }
}
