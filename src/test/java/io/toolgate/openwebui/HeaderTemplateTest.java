package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeaderTemplateTest {
  @Test
  void fillsInTheUser() {
    String filled =
        new HeaderTemplate("{{USER_ID}} {{USER_NAME}} <{{USER_EMAIL}}> {{USER_ROLE}} {{OTHER}}")
            .filledFor(User.named("ann"));

    assertEquals("id-of-ann@example.org ann <ann@example.org> user {{OTHER}}", filled);
  }

  @Test
  void groupsAreEncodedOneByOneAndKeepTheirSpaces() {
    User user = User.named("ann").inGroups("Vertrieb Süd ", "R&D, Köln", "a+b*~/100%");

    String filled = new HeaderTemplate("{{USER_GROUPS}}").filledFor(user);

    assertEquals("Vertrieb S%C3%BCd,R%26D%2C K%C3%B6ln,a%2Bb%2A~%2F100%25", filled);
  }

  @Test
  void whoIsInNoGroupHasAnEmptyHeader() {
    assertEquals("", new HeaderTemplate("{{USER_GROUPS}}").filledFor(User.named("ann")));
  }
}
