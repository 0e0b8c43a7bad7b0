package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Forms in which other programs list MCP servers and which are not read here: whose it is, and what
 * to write instead.
 */
enum ForeignForm {
  ZED(
      "context_servers",
      JsonNode::isObject,
      "Zed's",
      "write \"mcpServers\" instead, and in each server \"command\": \"npx\" with \"args\": [...], or \"url\""),
  OPENCODE(
      "mcp",
      JsonNode::isObject,
      "opencode's",
      "write \"mcpServers\" instead, and in each server \"env\" instead of \"environment\""),
  CODEX(
      "mcp_servers",
      JsonNode::isObject,
      "Codex's",
      "write \"mcpServers\": {\"name\": {...}} instead"),
  CLAUDE_API(
      "mcp_servers",
      JsonNode::isArray,
      "the Claude API's",
      "write \"mcpServers\": {\"name\": {\"url\": ..., \"headers\": {...}}} instead"),
  AMP("amp.mcpServers", JsonNode::isObject, "Amp's", "write \"mcpServers\" instead"),
  GOOSE(
      "extensions",
      ForeignForm::holdsProgramsOfGoose,
      "Goose's",
      "write \"mcpServers\" instead, and in each server \"command\", \"env\" and \"url\" instead of"
          + " \"cmd\", \"envs\" and \"uri\""),
  CONTINUE(
      "experimental",
      node -> node.has("modelContextProtocolServers"),
      "Continue's",
      "write \"mcpServers\": {\"name\": {...}} instead, with what stands in each \"transport\"");

  private static final String JSON = "write JSON: {\"mcpServers\": {\"name\": {...}}}";
  private static final Pattern TOML =
      Pattern.compile("^\\s*\\[\\[?\\s*(mcp_servers|mcp)\\b[^\\n]*]\\s*(#.*)?$", Pattern.MULTILINE);
  private static final Pattern YAML =
      Pattern.compile("^(mcpServers|mcp_servers|extensions)\\s*:\\s*(#.*)?$", Pattern.MULTILINE);
  private static final Pattern YAML_LIST =
      Pattern.compile("^mcpServers\\s*:\\s*(#.*)?\\R(\\s*#.*\\R)*\\s*-", Pattern.MULTILINE);

  private final String key;
  private final Predicate<JsonNode> form;
  private final String whose;
  private final String instead;

  ForeignForm(String key, Predicate<JsonNode> form, String whose, String instead) {
    this.key = key;
    this.form = form;
    this.whose = whose;
    this.instead = instead;
  }

  /** The form of a file by what stands at its root. */
  static Optional<ForeignForm> of(ObjectNode root) {
    return Arrays.stream(values())
        .filter(foreign -> foreign.form.test(root.path(foreign.key)))
        .findFirst();
  }

  /** Others have extensions that are no servers. */
  private static boolean holdsProgramsOfGoose(JsonNode extensions) {
    return StreamSupport.stream(extensions.spliterator(), false)
        .anyMatch(one -> one.has("cmd") || one.has("uri"));
  }

  String key() {
    return key;
  }

  /** In words that follow the place of the key. */
  String mistake() {
    return "is " + whose + " form; " + instead;
  }

  /** Likewise for a list of servers under a key that holds them by name here. */
  static String listMistake() {
    return "must be an object of servers by name, not an array as Continue and the Claude API have it; write"
        + " {\"mcpServers\": {\"name\": {...}}}";
  }

  /** What a text is that is no JSON, in words that follow the file's name. */
  static Optional<String> mistake(String text) {
    if (text.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    if (TOML.matcher(text).find()) {
      return Optional.of("is TOML, Codex's form; " + JSON);
    }
    var yaml = YAML.matcher(text);
    if (!yaml.find()) {
      return Optional.empty();
    }
    String owner =
        switch (yaml.group(1)) {
          case "extensions" -> "Goose's";
          case "mcp_servers" -> "LiteLLM's";
          default -> YAML_LIST.matcher(text).find() ? "Continue's" : "LibreChat's";
        };
    return Optional.of("is YAML, " + owner + " form; " + JSON);
  }
}
