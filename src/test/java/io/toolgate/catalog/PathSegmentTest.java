package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PathSegmentTest {
  @Test
  void leavesUnreservedCharacters() {
    assertEquals("aZ09-._~", PathSegment.encode("aZ09-._~"));
  }

  @Test
  void encodesEverythingElseAsUtf8() {
    assertEquals("a%2Fb%20%7Bc%7D%25%3F%23%2B", PathSegment.encode("a/b {c}%?#+"));
    assertEquals("%C3%BC%E6%97%A5%F0%9F%98%80", PathSegment.encode("ü日😀"));
  }

  @Test
  void comesBackFromDecoding() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 0x3000; i++) {
      all.append((char) i);
    }

    String encoded = PathSegment.encode(all.toString());

    assertEquals(all.toString(), URLDecoder.decode(encoded, StandardCharsets.UTF_8));
  }

  @Test
  void cannotCarryWhatClientsRemoveOrCannotWrite() {
    assertFalse(PathSegment.canCarry(""));
    assertFalse(PathSegment.canCarry("."));
    assertFalse(PathSegment.canCarry(".."));
    assertFalse(PathSegment.canCarry("a\ud800"));
    assertTrue(PathSegment.canCarry("..."));
    assertTrue(PathSegment.canCarry(" "));
  }
}
