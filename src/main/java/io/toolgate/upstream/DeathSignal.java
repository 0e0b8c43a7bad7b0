package io.toolgate.upstream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The words that go before a command so that the kernel kills it when its parent dies. None where
 * the tool for that is missing, or is one that knows less than util-linux's.
 */
final class DeathSignal {
  private static final int TRIAL_SECONDS = 5;
  private static final List<String> WORDS =
      ProgramFile.ofSystem("setpriv")
          .map(DeathSignal::with)
          .filter(DeathSignal::works)
          .orElse(List.of());

  private DeathSignal() {}

  static List<String> words() {
    return WORDS;
  }

  private static List<String> with(Path setpriv) {
    return List.of(setpriv.toString(), "--pdeathsig", "KILL", "--");
  }

  private static boolean works(List<String> words) {
    List<String> trial = new ArrayList<>(words);
    trial.add("true");
    try {
      Process process =
          new ProcessBuilder(trial)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
