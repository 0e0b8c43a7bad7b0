package io.toolgate.policy;

import io.toolgate.problem.Spelling;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which tools of a server were probably meant by a pattern that fits none of them.
 *
 * @param tools by their own names, those in documents
 */
record MeantTool(String server, Map<String, String> tools) {

  /** A pattern that fits, or a tool's own name. */
  Optional<String> by(String pattern) {
    String bare = bare(pattern);
    return Stream.of(
            bare,
            bare.replace(".*", "*").replace('%', '*'),
            bare.toLowerCase(Locale.ROOT),
            bare.replace('-', '_'),
            bare.replace('_', '-'))
        .filter(variant -> ToolNames.fits(variant, tools.keySet()))
        .findFirst()
        .or(() -> documented(pattern))
        .or(() -> nearest(bare));
  }

  /** Without the blanks and the server that an address has. */
  private String bare(String pattern) {
    String bare = pattern.strip().replaceFirst("^/+", "");
    return bare.startsWith(server + "/") || bare.startsWith(server + ".")
        ? bare.substring(server.length() + 1)
        : bare;
  }

  /** By its name in a document, perhaps one with a prefix. */
  private Optional<String> documented(String pattern) {
    return tools.entrySet().stream()
        .filter(
            tool ->
                pattern.endsWith("_" + tool.getValue())
                    || ToolNames.fits(pattern, List.of(tool.getValue())))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  private Optional<String> nearest(String word) {
    Map<String, String> own = new HashMap<>();
    tools.forEach(
        (name, documented) -> {
          own.put(documented, name);
          own.put(server + "_" + name, name);
        });
    tools.keySet().forEach(name -> own.put(name, name));
    return Spelling.nearest(word, own.keySet()).map(own::get);
  }
}
