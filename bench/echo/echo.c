/*
 * The upstream that costs nothing: an MCP server on stdio whose calls take a microsecond or two, so that what is
 * measured is the program in front of it. It reads what there is, answers all of it, and writes once.
 *
 *   echo [--tools N]    N more tools, with schemas such as real servers have (default 0)
 *
 * Tools: echo {message}, slow {message, seconds}: answers later, and meanwhile others; hang {}: never answers.
 * Each of the N answers with the value of its "query".
 *
 * It reads JSON only as far as it must: members are found at their depth, values are copied as they stand. What is no
 * request of a client that speaks MCP is skipped.
 */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 500, CHUNK = 1 << 16 };

/* Bytes that grow. */
struct buffer {
  char *bytes;
  size_t length, room;
};

/* A piece of the message, as it stands there; no bytes where it is missing. */
struct text {
  const char *at;
  size_t length;
};

/* An answer that is to be sent later. */
struct later {
  long long due; /* milliseconds of the monotonic clock */
  char *answer;
  struct later *next;
};

static struct buffer out;
static struct later *waiting;
static int generated;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void reserve(struct buffer *buffer, size_t more) {
  if (buffer->room - buffer->length >= more) return;
  buffer->room = (buffer->length + more) * 2;
  buffer->bytes = realloc(buffer->bytes, buffer->room);
  if (!buffer->bytes) fail("memory");
}

static void put(const char *bytes, size_t length) {
  reserve(&out, length);
  memcpy(out.bytes + out.length, bytes, length);
  out.length += length;
}

static void say(const char *text) { put(text, strlen(text)); }

static void copy(struct text text) { put(text.at, text.length); }

static void number(const char *format, int value) {
  char digits[256];
  put(digits, (size_t)snprintf(digits, sizeof digits, format, value));
}

static void flush(void) {
  size_t sent = 0;
  while (sent < out.length) {
    ssize_t n = write(STDOUT_FILENO, out.bytes + sent, out.length - sent);
    if (n < 0 && errno != EINTR) exit(0); /* nobody reads any more */
    if (n > 0) sent += (size_t)n;
  }
  out.length = 0;
}

static const char *skip_space(const char *at) {
  while (*at == ' ' || *at == '\t' || *at == '\r') at++;
  return at;
}

/* The end of the string, number, word, object or array that begins here. */
static const char *skip_value(const char *at) {
  int depth = 0;
  do {
    if (*at == '"') {
      for (at++; *at && *at != '"'; at++) {
        if (*at == '\\' && at[1]) at++;
      }
    } else if (*at == '{' || *at == '[') {
      depth++;
    } else if (*at == '}' || *at == ']') {
      depth--;
    } else if (depth == 0) {
      return at + strcspn(at, ",}] \t\r");
    }
    if (*at) at++;
  } while (depth > 0 && *at);
  return at;
}

/* The value of a member of an object. */
static struct text member(struct text object, const char *name) {
  struct text none = {NULL, 0};
  size_t length = strlen(name);
  const char *at = object.at;
  if (!at || *at != '{') return none;
  for (at = skip_space(at + 1); *at == '"'; at = skip_space(at + 1)) {
    const char *key = at + 1, *key_end = skip_value(at) - 1;
    at = skip_space(key_end + 1);
    if (*at != ':') return none;
    const char *value = skip_space(at + 1);
    at = skip_value(value);
    if ((size_t)(key_end - key) == length && !memcmp(key, name, length)) {
      struct text found = {value, (size_t)(at - value)};
      return found;
    }
    at = skip_space(at);
    if (*at != ',') return none;
  }
  return none;
}

static bool is(struct text value, const char *word) {
  return value.length == strlen(word) + 2 && !memcmp(value.at + 1, word, value.length - 2);
}

static void begin(struct text id) {
  say("{\"jsonrpc\":\"2.0\",\"id\":");
  copy(id);
  say(",\"result\":");
}

static void end(void) { say("}\n"); }

static void initialize(struct text params) {
  struct text revision = member(params, "protocolVersion");
  say("{\"protocolVersion\":");
  if (revision.at) copy(revision);
  else say("\"2025-11-25\"");
  say(",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"echo\",\"version\":\"1\"}}");
}

static void own_tools(void) {
  say("{\"name\":\"echo\",\"description\":\"Says back what it is told.\",\"annotations\":{\"readOnlyHint\":true},"
      "\"inputSchema\":{\"type\":\"object\",\"properties\":{\"message\":{\"type\":\"string\",\"maxLength\":100000}},"
      "\"required\":[\"message\"],\"additionalProperties\":false}},"
      "{\"name\":\"slow\",\"description\":\"Says back what it is told, after some time.\","
      "\"inputSchema\":{\"type\":\"object\",\"properties\":{\"message\":{\"type\":\"string\"},"
      "\"seconds\":{\"type\":\"number\",\"minimum\":0,\"maximum\":60}},\"required\":[\"message\",\"seconds\"]}},"
      "{\"name\":\"hang\",\"description\":\"Never answers.\",\"inputSchema\":{\"type\":\"object\"}}");
}

static const char *const VERBS[] = {"search", "list", "create", "update", "archive", "compare", "export"};
static const char *const NOUNS[] = {"issues", "invoices", "commits", "meetings", "contracts", "tickets", "employees",
                                    "deployments", "orders", "incidents", "documents", "experiments", "budgets"};
static const char *const DETAILS[] = {
    ",\"labels\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":50},\"maxItems\":20,\"description\":"
    "\"Labels that all must be there.\"}",
    ",\"period\":{\"type\":\"object\",\"description\":\"When it was filed.\",\"properties\":{\"from\":{\"type\":\"string\","
    "\"format\":\"date\"},\"to\":{\"type\":\"string\",\"format\":\"date\"}},\"additionalProperties\":false}",
    ",\"author\":{\"type\":[\"string\",\"null\"],\"description\":\"E-mail address of who filed it.\"}",
    ",\"sort\":{\"type\":\"string\",\"enum\":[\"created\",\"updated\",\"relevance\"],\"default\":\"created\"},"
    "\"descending\":{\"type\":\"boolean\",\"default\":true,\"description\":\"Newest or best first.\"}",
    ",\"amount\":{\"anyOf\":[{\"type\":\"number\",\"minimum\":0},{\"type\":\"object\",\"properties\":{\"least\":{\"type\":"
    "\"number\"},\"most\":{\"type\":\"number\"}}}],\"description\":\"In the currency of the account.\"}"};

#define SIZE(array) (int)(sizeof(array) / sizeof *(array))

/* About 1 KB, and each a little different, like the tools of the well-known servers. */
static void generated_tool(int i) {
  const char *verb = VERBS[i % SIZE(VERBS)], *noun = NOUNS[i % SIZE(NOUNS)];
  char words[512];
  put(words, (size_t)snprintf(words, sizeof words,
                              "{\"name\":\"%s_%s_%04d\",\"description\":\"Use it to %s %s of collection %d, when the user "
                              "asks for what was filed, reported or agreed there before. Answers with one line each.\",",
                              verb, noun, i, verb, noun, i));
  say("\"annotations\":{\"readOnlyHint\":true,\"openWorldHint\":false},\"inputSchema\":{\"type\":\"object\",\"properties\":{"
      "\"query\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":500,\"description\":\"What to look for. Words are joined by "
      "AND; put a phrase into quotes.\"},\"kind\":{\"type\":\"string\",\"enum\":[");
  for (int k = 0; k < 4; k++) {
    put(words, (size_t)snprintf(words, sizeof words, "%s\"%s\"", k ? "," : "", NOUNS[(i + k * 3) % SIZE(NOUNS)]));
  }
  say("],\"description\":\"Only those of this kind.\"}");
  for (int d = 0; d < SIZE(DETAILS); d++) {
    if (i % (d + 2)) say(DETAILS[d]);
  }
  say(",\"page\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000,\"default\":1},"
      "\"per_page\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100,\"default\":20,\"description\":\"How many in one "
      "answer.\"}},\"required\":[\"query\"],\"additionalProperties\":false}}");
}

static void list(struct text params) {
  struct text cursor = member(params, "cursor");
  int from = cursor.at ? atoi(cursor.at + 1) : 0;
  int to = generated - from > PAGE ? from + PAGE : generated;
  say("{\"tools\":[");
  if (!cursor.at) own_tools();
  for (int i = from; i < to; i++) {
    if (i > from || !cursor.at) say(",");
    generated_tool(i + 1);
  }
  say("]");
  if (to < generated) number(",\"nextCursor\":\"%d\"", to);
  say("}");
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* Takes what was put into the output since then, to be sent when it is due. */
static void postpone(size_t since, double seconds) {
  struct later *later = malloc(sizeof *later), **place = &waiting;
  if (!later) fail("memory");
  later->due = now() + (long long)(seconds * 1000);
  reserve(&out, 1);
  out.bytes[out.length] = 0;
  later->answer = strdup(out.bytes + since);
  out.length = since;
  while (*place && (*place)->due <= later->due) place = &(*place)->next;
  later->next = *place;
  *place = later;
}

static void call(struct text id, struct text params) {
  struct text name = member(params, "name");
  struct text arguments = member(params, "arguments");
  struct text said = member(arguments, "message");
  struct text seconds = member(arguments, "seconds");
  size_t since = out.length;
  if (is(name, "hang")) return;
  if (!said.at) said = member(arguments, "query");
  begin(id);
  say("{\"content\":[{\"type\":\"text\",\"text\":");
  if (said.at && *said.at == '"') copy(said);
  else say("\"\"");
  say("}],\"isError\":false}");
  end();
  if (is(name, "slow") && seconds.at) postpone(since, atof(seconds.at));
}

static void answer(const char *line) {
  struct text message = {skip_space(line), 0};
  struct text method = member(message, "method");
  struct text id = member(message, "id");
  struct text params = member(message, "params");
  if (!method.at || !id.at) return; /* a notification */
  if (is(method, "tools/call")) {
    call(id, params);
    return;
  }
  if (is(method, "initialize") || is(method, "tools/list") || is(method, "ping")) {
    begin(id);
    if (is(method, "initialize")) initialize(params);
    else if (is(method, "tools/list")) list(params);
    else say("{}");
  } else {
    say("{\"jsonrpc\":\"2.0\",\"id\":");
    copy(id);
    say(",\"error\":{\"code\":-32601,\"message\":\"No such method.\"}");
  }
  end();
}

static void answer_what_is_due(void) {
  long long time = now();
  while (waiting && waiting->due <= time) {
    struct later *due = waiting;
    waiting = due->next;
    say(due->answer);
    free(due->answer);
    free(due);
  }
}

int main(int count, char **words) {
  struct buffer in = {NULL, 0, 0};
  if (count == 3 && !strcmp(words[1], "--tools")) generated = atoi(words[2]);
  for (;;) {
    struct pollfd input = {STDIN_FILENO, POLLIN, 0};
    if (waiting) {
      long long left = waiting->due - now();
      poll(&input, 1, left < 0 ? 0 : (int)left);
      answer_what_is_due();
      flush();
      if (!input.revents) continue;
    }
    reserve(&in, CHUNK);
    ssize_t n = read(STDIN_FILENO, in.bytes + in.length, in.room - in.length - 1);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return 0;
    in.length += (size_t)n;
    in.bytes[in.length] = 0;
    char *line = in.bytes, *line_end;
    while ((line_end = memchr(line, '\n', in.length - (size_t)(line - in.bytes)))) {
      *line_end = 0;
      answer(line);
      line = line_end + 1;
    }
    in.length -= (size_t)(line - in.bytes);
    memmove(in.bytes, line, in.length);
    flush();
  }
}
