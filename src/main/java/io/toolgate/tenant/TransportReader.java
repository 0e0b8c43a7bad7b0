package io.toolgate.tenant;

import io.toolgate.tenant.Sessions.Scope;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one server is reached: by its command or by its URL, and not by both.
 *
 * <p>The keys of both ways are always checked. What cannot be judged because a variable is unset
 * passes; the server is off then.
 */
final class TransportReader {
  private final Fields fields;
  private final Scope scope;
  private final Secrets secrets;
  private final Findings findings;

  TransportReader(Fields fields, Scope scope, Secrets secrets, Findings findings) {
    this.scope = scope;
    this.fields = fields;
    this.secrets = secrets;
    this.findings = findings;
  }

  Transport read() {
    Transport.Stdio stdio = stdio();
    Transport.Remote remote = new RemoteReader(fields, secrets, findings).read();
    boolean hasCommand = fields.has(ServerKey.COMMAND);
    boolean hasUrl = fields.has(ServerKey.URL);
    if (hasCommand == hasUrl) {
      findings.mistake(
          fields.place(),
          hasCommand
              ? "has both \"command\" and \"url\"; keep the one it is reached by"
              : "has neither \"command\" nor \"url\"");
    } else if (hasCommand) {
      withoutEffect(ServerKey.HEADERS, ServerKey.COMMAND);
      withoutEffect(ServerKey.FORWARD_HEADERS, ServerKey.COMMAND);
      withoutEffect(ServerKey.CLIENT_HEADER_FORWARDING, ServerKey.COMMAND);
    } else {
      withoutEffect(ServerKey.ARGS, ServerKey.URL);
      withoutEffect(ServerKey.ENV, ServerKey.URL);
      withoutEffect(ServerKey.ENV_FILE, ServerKey.URL);
      withoutEffect(ServerKey.CWD, ServerKey.URL);
      if (fields.has(ServerKey.LIMITS)) {
        findings.mistake(
            fields.place(ServerKey.LIMITS), "only a server with \"command\" can be limited");
      }
    }
    return hasUrl ? remote : stdio;
  }

  private Transport.Stdio stdio() {
    List<Text> words = new ArrayList<>(fields.command());
    checkProgram(words);
    words.addAll(fields.texts(ServerKey.ARGS));
    words.forEach(this::checkText);
    List<String> values = words.stream().map(Text::value).toList();
    new ArgumentSecrets(secrets).add(values);
    return new Transport.Stdio(
        values.isEmpty() ? "" : values.get(0),
        values.isEmpty() ? List.of() : values.subList(1, values.size()),
        new Templates(environment()),
        workingDirectory(),
        new ChildLimitsReader(fields, findings).read());
  }

  private boolean checkText(Text text) {
    Optional<String> obstacle = ProcessText.obstacle(text.value());
    obstacle.ifPresent(why -> findings.mistake(text.place(), why));
    return obstacle.isEmpty();
  }

  private void checkProgram(List<Text> command) {
    if (command.isEmpty()) {
      return;
    }
    Text program = command.get(0);
    if (program.known() && program.value().isBlank()) {
      findings.mistake(program.place(), "names no program");
    } else if (command.size() == 1 && program.raw().strip().matches("[^/\\\\\"]+ .*")) {
      findings.warning(program.place(), "holds a space; arguments belong in \"args\"");
    }
  }

  private Map<String, Template> environment() {
    Map<String, Template> environment = new LinkedHashMap<>();
    fields
        .templates(ServerKey.ENV)
        .forEach(
            (name, text) -> {
              if (!Variables.isLegal(name)) {
                findings.mistake(
                    text.place(),
                    "is no name of a variable (it is empty, or holds \"=\" or a control character)");
              }
              checkText(text);
              text.template().placeholders().forEach(open -> checkSession(text.place(), open));
              if (text.known()) {
                text.template().texts().forEach(part -> secrets.addEnvironment(name, part));
              }
              environment.put(name, text.template());
            });
    return environment;
  }

  /** A child's environment is set once, so all who share the child must agree on it. */
  private void checkSession(Place place, Placeholder open) {
    if (open == Placeholder.CHAT_ID && scope != Scope.CHAT) {
      findings.mistake(place, open + " needs \"session\": \"chat\"");
    } else if (scope == Scope.SHARED) {
      findings.mistake(place, open + " needs \"session\": \"user\" or \"chat\"");
    }
  }

  private Optional<Path> workingDirectory() {
    Optional<Text> cwd = fields.text(ServerKey.CWD).filter(Text::known).filter(this::checkText);
    try {
      return cwd.map(Text::value).filter(value -> !value.isBlank()).map(Path::of);
    } catch (InvalidPathException mistake) {
      findings.mistake(fields.place(ServerKey.CWD), "is not a path");
      return Optional.empty();
    }
  }

  private void withoutEffect(ServerKey key, ServerKey beside) {
    if (fields.has(key)) {
      findings.warning(fields.place(key), "has no effect beside " + Quote.quote(beside.spelling()));
    }
  }
}
