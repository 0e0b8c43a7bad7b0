package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KnownUsersTest {
  private final List<CompletableFuture<Optional<DirectoryUser>>> asked = new ArrayList<>();
  private long now;
  private final KnownUsers users =
      new KnownUsers(
          id -> {
            asked.add(new CompletableFuture<>());
            return asked.get(asked.size() - 1);
          },
          () -> now);

  private static final Optional<DirectoryUser> ANN =
      Optional.of(new DirectoryUser("ann@example.org", "user"));

  @Test
  void whoAsksMeanwhileGetsTheSameAnswer() {
    CompletableFuture<Optional<DirectoryUser>> first = users.find("1");
    CompletableFuture<Optional<DirectoryUser>> second = users.find("1");
    asked.get(0).complete(ANN);

    assertEquals(1, asked.size());
    assertEquals(List.of(ANN, ANN), List.of(first.join(), second.join()));
  }

  @Test
  void anAnswerIsKeptForAMinute() {
    users.find("1");
    asked.get(0).complete(ANN);
    now += KnownUsers.KEPT.toNanos() - 1;
    assertEquals(ANN, users.find("1").join());
    now += 1;
    users.find("1");

    assertEquals(2, asked.size());
  }

  @Test
  void aFailureIsNotKept() {
    CompletableFuture<Optional<DirectoryUser>> first = users.find("1");
    asked.get(0).completeExceptionally(new IllegalStateException());
    users.find("1");

    assertTrue(first.isCompletedExceptionally());
    assertEquals(2, asked.size());
  }

  @Test
  void onlySoManyAreKept() {
    for (int i = 0; i <= 3 * KnownUsers.MOST; i++) {
      users.find("user " + i);
    }

    assertFalse(users.size() > KnownUsers.MOST);
  }
}
