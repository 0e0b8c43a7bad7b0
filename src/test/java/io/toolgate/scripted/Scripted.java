package io.toolgate.scripted;

import io.toolgate.tenant.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line of a scripted server, as a test says it: {@code
 * Scripted.stdio().startDelay("2s").stderr("no licence")}. Immutable; each option gives a new one.
 */
public final class Scripted {
  private final String heap;
  private final List<String> options;

  private Scripted(String heap, List<String> options) {
    this.heap = heap;
    this.options = List.copyOf(options);
  }

  public static Scripted stdio() {
    return new Scripted("64m", List.of());
  }

  /** Streamable HTTP, at {@code /mcp}. */
  public static Scripted streamable() {
    return stdio().with(Option.HTTP, "streamable");
  }

  /** The older transport of HTTP with server-sent events, at {@code /sse}. */
  public static Scripted sse() {
    return stdio().with(Option.HTTP, "sse");
  }

  /** Lists the entries of a JSON array as they are; calls are answered with name and arguments. */
  public Scripted tools(Path file) {
    return with(Option.TOOLS, file.toString());
  }

  public Scripted withoutBuiltins() {
    return with(Option.BUILTIN, "false");
  }

  /** Leaves out the tools with odd names and odd schemas. */
  public Scripted withoutOddTools() {
    return with(Option.BUILTIN, "plain");
  }

  /** Adds {@code tool_0} to {@code tool_(n-1)}. */
  public Scripted count(int n) {
    return with(Option.COUNT, n);
  }

  public Scripted page(int size) {
    return with(Option.PAGE, size);
  }

  /** Counted from 1; needs {@link #page}, except for 1. */
  public Scripted failPage(int page) {
    return with(Option.FAIL_PAGE, page);
  }

  public Scripted endlessPaging() {
    return with(Option.ENDLESS_PAGING);
  }

  public Scripted brokenEntries() {
    return with(Option.BROKEN_ENTRIES);
  }

  /** Offers no tools at all, as a server of prompts. */
  public Scripted withoutTools() {
    return with(Option.WITHOUT_TOOLS);
  }

  /** Such as {@code 2s} or {@code 500ms}. */
  public Scripted startDelay(String duration) {
    return with(Option.START_DELAY, duration);
  }

  /** Is not ready before the file exists. */
  public Scripted startedBy(Path file) {
    return with(Option.STARTED_BY, file.toString());
  }

  public Scripted exitAtStart(int code) {
    return with(Option.EXIT_AT_START, code);
  }

  /** With {@link #exitAtStart}: starts well once the file exists. */
  public Scripted healedBy(Path file) {
    return with(Option.HEALED_BY, file.toString());
  }

  /** A line at the start; may be given several times. */
  public Scripted stderr(String line) {
    return with(Option.STDERR, line);
  }

  /** Lines of 100 characters at the start. */
  public Scripted floodStderr(int lines) {
    return with(Option.FLOOD_STDERR, lines);
  }

  /** A line on standard output before the protocol. */
  public Scripted banner(String line) {
    return with(Option.BANNER, line);
  }

  public Scripted ignoreStdinEof() {
    return with(Option.IGNORE_STDIN_EOF);
  }

  public Scripted ignoreTerm() {
    return with(Option.IGNORE_TERM);
  }

  /** Appends every message received to the file, one line of JSON each. */
  public Scripted record(Path file) {
    return with(Option.RECORD, file.toString());
  }

  public Scripted protocolVersion(String version) {
    return with(Option.PROTOCOL_VERSION, version);
  }

  public Scripted instructions(String text) {
    return with(Option.INSTRUCTIONS, text);
  }

  /** Such as {@code initialize} or {@code tools/list}; may be given several times. */
  public Scripted noAnswerTo(String method) {
    return with(Option.NO_ANSWER_TO, method);
  }

  /** Streamable HTTP: requests are answered by a stream of events instead of JSON. */
  public Scripted answersWithEvents() {
    return with(Option.ANSWER, "sse");
  }

  public Scripted stateless() {
    return with(Option.STATELESS);
  }

  /** Streamable HTTP: GET opens a stream for messages that belong to no request. */
  public Scripted getStream() {
    return with(Option.GET_STREAM);
  }

  /** The status of POSTs to the server's URL. */
  public Scripted refuse(int status) {
    return with(Option.REFUSE, status);
  }

  /** Requests without it get 401; may be given several times. */
  public Scripted requireHeader(String name, String value) {
    return with(Option.REQUIRE_HEADER, name + "=" + value);
  }

  /** The server's URL answers 307 to {@code /moved}, which would serve. */
  public Scripted redirect() {
    return redirect("/moved");
  }

  public Scripted redirect(String location) {
    return with(Option.REDIRECT, location);
  }

  /** What the {@code endpoint} event of SSE says; <code>{id}</code> stands for the session. */
  public Scripted endpoint(String url) {
    return with(Option.ENDPOINT, url);
  }

  /** The JVM's largest heap, such as {@code 512m}; answers of tens of megabytes need it. */
  public Scripted heap(String size) {
    return new Scripted(size, options);
  }

  /** The Java launcher of the running JVM. */
  public String program() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Everything after {@link #program}. */
  public List<String> arguments() {
    return Stream.of(
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xmx" + heap,
                "-cp",
                classPath(),
                ScriptedServer.class.getName()),
            options)
        .flatMap(List::stream)
        .toList();
  }

  /** Program and arguments. */
  public List<String> command() {
    return Stream.concat(Stream.of(program()), arguments().stream()).toList();
  }

  /** As a definition's transport, without environment variables of its own. */
  public Transport.Stdio transport() {
    return new Transport.Stdio(program(), arguments(), Map.of(), Optional.empty());
  }

  /** Starts it; over HTTP, returns when it listens. */
  public ScriptedProcess start() throws IOException {
    return ScriptedProcess.start(command(), options.contains(Option.HTTP.flag()));
  }

  /** The test's own class path without the libraries the server does not use: starts faster. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(entry -> !entry.endsWith(".jar") || entry.contains("jackson-"))
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  private Scripted with(Option option, Object... value) {
    List<String> all = new ArrayList<>(options);
    all.add(option.flag());
    for (Object word : value) {
      all.add(word.toString());
    }
    return new Scripted(heap, all);
  }
}
