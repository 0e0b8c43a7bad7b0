package io.toolgate.scripted;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The start options; {@code START_DELAY} is written {@code --start-delay}. */
enum Option {
  /** FILE: a JSON array whose entries are listed as they are; its tools answer as an echo. */
  TOOLS,
  /** {@code all} (default), {@code plain} (without odd names and schemas) or {@code false}. */
  BUILTIN,
  /** N: lists {@code tool_0} to {@code tool_N-1} as well. */
  COUNT,
  /** N: at most N tools per answer to {@code tools/list}. */
  PAGE,
  /** N: the answer to the N-th page of {@code tools/list} is an error. */
  FAIL_PAGE,
  /** {@code tools/list} answers the same page with the same cursor for ever. */
  ENDLESS_PAGING(false),
  /** Entries without a name and entries that are no objects come first in the list. */
  BROKEN_ENTRIES(false),
  /** No capability {@code tools}; {@code tools/list} is an unknown method. */
  WITHOUT_TOOLS(false),

  /** DURATION such as {@code 2s} or {@code 500ms}: {@code initialize} is answered that late. */
  START_DELAY,
  /** FILE: {@code initialize} is answered only when this file exists. */
  STARTED_BY,
  /** CODE: exits before it reads anything. */
  EXIT_AT_START,
  /** FILE: with {@code --exit-at-start}, starts well once this file exists. */
  HEALED_BY,
  /** TEXT, repeatable: a line on standard error at the start. */
  STDERR,
  /** N: that many lines of 100 characters on standard error at the start. */
  FLOOD_STDERR,
  /** TEXT: a line on standard output before the protocol; stdio only. */
  BANNER,
  /** Lives on after its standard input has ended. */
  IGNORE_STDIN_EOF(false),
  /** Lives on, and answers, after SIGTERM. */
  IGNORE_TERM(false),
  /** FILE: every message received is appended to it as one line of JSON. */
  RECORD,

  /** VERSION: what {@code initialize} answers whatever the client asked for. */
  PROTOCOL_VERSION,
  /** TEXT: the {@code instructions} of {@code initialize}. */
  INSTRUCTIONS,
  /** METHOD, repeatable: requests with this method are never answered. */
  NO_ANSWER_TO,

  /** {@code streamable} (at {@code /mcp}) or {@code sse} (at {@code /sse}) instead of stdio. */
  HTTP,
  /** {@code json} (default) or {@code sse}: how streamable HTTP answers a request. */
  ANSWER,
  /** Streamable HTTP without session ids. */
  STATELESS(false),
  /** Streamable HTTP opens an event stream for GET instead of answering 405. */
  GET_STREAM(false),
  /** STATUS: POSTs to the server's URL get it. */
  REFUSE,
  /** NAME=VALUE: requests without this header get 401. */
  REQUIRE_HEADER,
  /** LOCATION: the server's URL answers 307; {@code /moved} serves what the URL would. */
  REDIRECT,
  /** URL: what the {@code endpoint} event of SSE says; {@code {id}} stands for the session. */
  ENDPOINT;

  private final boolean takesValue;

  Option() {
    this(true);
  }

  Option(boolean takesValue) {
    this.takesValue = takesValue;
  }

  boolean takesValue() {
    return takesValue;
  }

  String flag() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Option> byFlag(String flag) {
    return Arrays.stream(values()).filter(option -> option.flag().equals(flag)).findFirst();
  }
}
