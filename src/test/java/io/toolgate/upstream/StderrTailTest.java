package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StderrTailTest {
  private final StderrTail tail = new StderrTail(Set.of("s3cret-value"));

  @Test
  void keepsTheLastTenLines() {
    IntStream.range(0, 25).forEach(i -> tail.add("line " + i));

    assertEquals(IntStream.range(15, 25).mapToObj(i -> "line " + i).toList(), tail.lines());
  }

  @Test
  void leavesBlankLinesOut() {
    List.of("one", "", "  \t ", "two").forEach(tail::add);

    assertEquals(List.of("one", "two"), tail.lines());
  }

  @Test
  void masksSecrets() {
    tail.add("key=s3cret-value, again s3cret-value");

    assertEquals(List.of("key=***, again ***"), tail.lines());
  }

  @Test
  void masksASecretThatTheLimitWouldCut() {
    String shown = tail.shown("x".repeat(395) + "s3cret-value");

    assertEquals("x".repeat(395) + "***", shown);
  }

  @Test
  void masksASecretWithColourInIt() {
    assertEquals("***", tail.shown("s3cret\u001B[1m-value\u001B[0m"));
  }

  @Test
  void boundsALine() {
    assertEquals(400, tail.shown("x".repeat(50_000)).length());
  }

  @Test
  void takesColoursAndControlCharactersAway() {
    assertEquals("red  plain", tail.shown("\u001B[31;1mred\u001B[0m\u0007\u0000plain\r"));
  }
}
