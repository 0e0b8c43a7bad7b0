package io.toolgate.identity;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Open WebUI's users by id: its session tokens carry nothing but that. */
@FunctionalInterface
public interface UserDirectory {

  /**
   * Looks a user up; called seldom, because the answer is kept for a minute.
   *
   * @return completes empty if there is no such user, or no such table; fails with a {@link
   *     io.toolgate.problem.ProblemException}, which the caller sees, if it cannot be read now
   */
  CompletionStage<Optional<DirectoryUser>> find(String id);
}
