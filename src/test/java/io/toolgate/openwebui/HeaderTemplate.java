package io.toolgate.openwebui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The value of a custom header as typed into a connection, with what is filled in at each call. */
record HeaderTemplate(String text) {

  String filledFor(User user) {
    return text.replace("{{USER_ID}}", user.id())
        .replace("{{USER_NAME}}", quoted(user.name()))
        .replace("{{USER_EMAIL}}", user.email())
        .replace("{{USER_ROLE}}", user.role())
        .replace(
            "{{USER_GROUPS}}",
            user.groups().stream().map(HeaderTemplate::quoted).collect(Collectors.joining(",")));
  }

  /** As Python's {@code quote(text, safe=' ')}. */
  static String quoted(String text) {
    return URLEncoder.encode(text.strip(), StandardCharsets.UTF_8)
        .replace("+", " ")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
