package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
  private static final int LIMIT = 20_000;
  private static final int KEPT = 4 * 1024;

  /**
   * What a reader found; a line that was too long is kept as its excerpt after {@code TOO LONG}.
   */
  private static final class Found implements LineReader.Sink {
    final List<String> lines = new ArrayList<>();

    @Override
    public void line(byte[] buffer, int offset, int length) {
      lines.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void tooLong(byte[] excerpt) {
      lines.add("TOO LONG " + new String(excerpt, StandardCharsets.UTF_8));
    }
  }

  private static List<String> read(InputStream in) throws IOException {
    Found found = new Found();
    new LineReader(in, LIMIT).readAll(found);
    return found.lines;
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Gives at most {@code chunk} bytes at a time; a random number of them when negative. */
  private static InputStream inPieces(String text, int chunk, Random random) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        int size = chunk > 0 ? chunk : 1 + random.nextInt(-chunk);
        return super.read(buffer, offset, Math.min(length, size));
      }
    };
  }

  private static String tooLong(String line) {
    return "TOO LONG " + line.substring(0, KEPT) + line.substring(line.length() - KEPT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1000})
  void joinsLinesThatComeInPieces(int chunk) throws IOException {
    List<String> lines = read(inPieces("one\ntwo ü\n\nthree\n", chunk, null));

    assertEquals(List.of("one", "two ü", "", "three"), lines);
  }

  @Test
  void endsLinesAtTheLineFeedAlone() throws IOException {
    List<String> lines = read(bytes("one\r\ntwo\rstill two\r\n"));

    assertEquals(List.of("one\r", "two\rstill two\r"), lines);
  }

  @Test
  void countsALastLineWithoutLineFeed() throws IOException {
    List<String> lines = read(bytes("one\nlast"));

    assertEquals(List.of("one", "last"), lines);
  }

  @Test
  void findsNothingInNothing() throws IOException {
    assertEquals(List.of(), read(bytes("")));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0})
  void readsALineOfExactlyTheLimit(int less) throws IOException {
    String line = "x".repeat(LIMIT + less);

    assertEquals(List.of(line, "y"), read(bytes(line + "\ny")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 700, 4096, 16_384, 1_000_000})
  void keepsBothEndsOfALineThatIsTooLongAndTheLinesAfterIt(int chunk) throws IOException {
    String line = "begin" + "x".repeat(100_000) + "end";

    List<String> lines = read(inPieces("before\n" + line + "\nafter\nlast", chunk, null));

    assertEquals(List.of("before", tooLong(line), "after", "last"), lines);
  }

  @Test
  void keepsBothEndsOfALastLineThatIsTooLong() throws IOException {
    String line = "begin" + "x".repeat(100_000) + "end";

    assertEquals(List.of(tooLong(line)), read(bytes(line)));
  }

  @Test
  void findsLinesAfterSeveralThatAreTooLong() throws IOException {
    String line = "begin" + "x".repeat(50_000) + "end";

    List<String> lines = read(bytes(line + "\n" + line + "\n\nafter\n"));

    assertEquals(List.of(tooLong(line), tooLong(line), "", "after"), lines);
  }

  @Test
  void givesTheMemoryOfALargeLineBack() throws IOException {
    int large = 10 * 1024 * 1024;
    List<Integer> sizes = new ArrayList<>();
    InputStream in = new SequenceInputStream(bytes("x".repeat(large) + "\n"), bytes("small\n"));

    new LineReader(in, 2 * large)
        .readAll(
            new LineReader.Sink() {
              @Override
              public void line(byte[] buffer, int offset, int length) {
                sizes.add(buffer.length);
              }

              @Override
              public void tooLong(byte[] excerpt) {}
            });

    assertEquals(2, sizes.size());
    assertTrue(sizes.get(0) >= large);
    assertTrue(sizes.get(1) < 1024 * 1024);
  }

  @Test
  void findsTheSameLinesHoweverTheyArrive() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      List<String> expected = new ArrayList<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        int length = random.nextInt(4) == 0 ? random.nextInt(3 * LIMIT) : random.nextInt(50);
        String line = randomLine(random, length);
        text.append(line).append('\n');
        // Between the limit and what one read may add, a line may be kept or refused.
        expected.add(line);
      }

      List<String> lines = read(inPieces(text.toString(), -1 - random.nextInt(30_000), random));

      assertEquals(expected.size(), lines.size(), "seed " + seed);
      for (int i = 0; i < lines.size(); i++) {
        String line = expected.get(i);
        boolean refused = lines.get(i).startsWith("TOO LONG");
        assertEquals(refused ? tooLong(line) : line, lines.get(i), "seed " + seed);
        assertTrue(refused ? line.length() > LIMIT : line.length() <= LIMIT + 32 * 1024);
      }
    }
  }

  private static String randomLine(Random random, int length) {
    StringBuilder line = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      line.append((char) ('a' + random.nextInt(26)));
    }
    return line.toString();
  }
}
