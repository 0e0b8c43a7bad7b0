package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random users, groups, grants and tool rules: for every caller and every tool of every server,
 * document, listings and call agree, and say what follows from the rows.
 */
class AgreementIT {
  private static final int SERVERS = 8;
  private static final int TOOLS = 25;
  private static final int USERS = 400;
  private static final int CALLERS = 500;
  private static final String MAIN_KEY = "the-main-key-0123456789";
  private static final String LIMITED_KEY = "the-limited-key-0123456789";
  private static final List<String> LIMIT = List.of("g0", "g1", "g2", "g3");
  private static final List<String> EMAILS =
      IntStream.range(0, USERS).mapToObj(i -> "user" + i + "@example.org").toList();
  private static final List<String> GROUPS = IntStream.range(0, 12).mapToObj(i -> "g" + i).toList();
  private static final List<String> NAMES =
      IntStream.range(0, SERVERS).mapToObj(i -> "s" + i).toList();

  /**
   * @param email null for a key alone
   * @param forwarded groups that the proof carries
   */
  private record Sender(String key, String email, Set<String> forwarded) {
    String[] headers() {
      List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + key));
      if (email != null) {
        headers.addAll(List.of("X-OpenWebUI-User-Email", email));
        if (!forwarded.isEmpty()) {
          headers.addAll(List.of("X-Groups", String.join(",", forwarded)));
        }
      }
      return headers.toArray(String[]::new);
    }

    private Set<String> groups(GrantedWorld world) {
      Set<String> groups = world.groupsOf(email);
      groups.addAll(forwarded);
      return groups;
    }

    boolean mayServer(GrantedWorld world, String server) {
      boolean limit = key.equals(MAIN_KEY) || world.grantsServer(Set.copyOf(LIMIT), server);
      return limit
          && (email == null
              || world.grantsToUser(email, server)
              || world.grantsServer(groups(world), server));
    }

    boolean mayTool(GrantedWorld world, String server, String tool) {
      boolean limit = key.equals(MAIN_KEY) || world.grantsTool(Set.copyOf(LIMIT), server, tool);
      return limit
          && (email == null
              || world.grantsToUser(email, server)
              || world.grantsTool(groups(world), server, tool));
    }
  }

  private static List<Sender> senders(Random random) {
    List<Sender> senders = new ArrayList<>();
    senders.add(new Sender(MAIN_KEY, null, Set.of()));
    senders.add(new Sender(LIMITED_KEY, null, Set.of()));
    while (senders.size() < CALLERS) {
      Set<String> forwarded =
          random.nextInt(4) > 0
              ? Set.of()
              : Set.of(GROUPS.get(random.nextInt(GROUPS.size())), "unheard-of");
      senders.add(
          new Sender(
              random.nextInt(4) > 0 ? MAIN_KEY : LIMITED_KEY,
              random.nextInt(20) == 0
                  ? "stranger" + senders.size() + "@example.org"
                  : EMAILS.get(random.nextInt(USERS)),
              forwarded));
    }
    return senders;
  }

  private static Product start() {
    Map<String, Definition> servers =
        NAMES.stream()
            .collect(
                Collectors.toMap(
                    name -> name,
                    name -> Definition.of(Scripted.stdio().withoutBuiltins().count(TOOLS))));
    return Product.serving(
        servers,
        Map.of(
            "MCP_API_KEY",
            MAIN_KEY,
            "MCP_API_KEYS",
            "[{\"name\":\"limited\",\"key\":\"%s\",\"groups\":[\"%s\"],\"actForUsers\":true}]"
                .formatted(LIMITED_KEY, String.join("\",\"", LIMIT)),
            "FORWARDED_GROUPS_HEADER",
            "X-Groups",
            "REQUIRE_USER",
            "false"));
  }

  /** Names as {@code server/tool}. */
  private static Set<String> tools(Predicate<String> servers, ToolDecision decision) {
    Set<String> tools = new TreeSet<>();
    for (String server : NAMES) {
      for (int i = 0; i < TOOLS; i++) {
        if (servers.test(server) && decision.allows(server, "tool_" + i)) {
          tools.add(server + "/tool_" + i);
        }
      }
    }
    return tools;
  }

  private interface ToolDecision {
    boolean allows(String server, String tool);
  }

  @Test
  void documentListingsAndCallsAgreeForEveryCallerAndTool() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    GrantedWorld world = new GrantedWorld(random.nextLong(), EMAILS, GROUPS, NAMES);
    String[] operator = new Sender(MAIN_KEY, null, Set.of()).headers();
    try (Product product = start()) {
      product.await(
          "all tools are known",
          () ->
              product.get("/tools", operator).json().path("total_tools").intValue()
                  == SERVERS * TOOLS);
      String[] statements = world.sql();
      product.sql().run(statements);
      String marker = "INSERT INTO user_tenant_access VALUES ('marker@example.org', 's0')";
      product.sql().run(marker);
      product.await(
          "the last row is known",
          () ->
              product
                      .get("/tools", new Sender(MAIN_KEY, "marker@example.org", Set.of()).headers())
                      .json()
                      .path("total_tools")
                      .intValue()
                  == TOOLS);

      ExecutorService workers = Executors.newFixedThreadPool(8);
      try {
        List<CompletableFuture<Integer>> judged =
            senders(random).stream()
                .map(
                    sender ->
                        CompletableFuture.supplyAsync(
                            () -> judge(product, world, sender, seed), workers))
                .toList();

        int triples = judged.stream().mapToInt(CompletableFuture::join).sum();

        assertEquals(CALLERS * SERVERS * TOOLS, triples);
      } finally {
        workers.shutdownNow();
      }
    }
  }

  /** The number of tools judged. */
  private static int judge(Product product, GrantedWorld world, Sender sender, long seed) {
    String who = sender + ", seed " + seed;
    String[] headers = sender.headers();
    Set<String> expected =
        tools(
            server -> sender.mayServer(world, server),
            (server, tool) -> sender.mayTool(world, server, tool));

    assertEquals(expected, inDocument(product.get("/openapi.json", headers).json()), who);
    assertEquals(expected, inListing(product.get("/tools", headers).json()), who);
    Set<String> listed = new HashSet<>();
    product
        .get("/servers", headers)
        .json()
        .path("servers")
        .forEach(entry -> listed.add(entry.path("id").asText()));
    for (String server : NAMES) {
      boolean granted = sender.mayServer(world, server);
      assertEquals(granted, listed.contains(server), who);
      Answer details = product.get("/" + server, headers);
      assertEquals(granted ? 200 : 403, details.status(), who);
      Set<String> own =
          expected.stream()
              .filter(tool -> tool.startsWith(server + "/"))
              .collect(Collectors.toSet());
      if (granted) {
        Set<String> described = new HashSet<>();
        details
            .json()
            .path("tools")
            .forEach(tool -> described.add(server + "/" + tool.path("name").asText()));
        assertEquals(own, described, who);
        Set<String> inOwnDocument = new HashSet<>();
        product
            .get("/" + server + "/openapi.json", headers)
            .json()
            .path("paths")
            .fieldNames()
            .forEachRemaining(path -> inOwnDocument.add(server + path));
        assertEquals(own, inOwnDocument, who);
      }
    }
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (String server : NAMES) {
      for (int i = 0; i < TOOLS; i++) {
        String tool = server + "/tool_" + i;
        calls.add(
            Answer.later("POST", product.url() + "/" + tool, new byte[0], headers)
                .thenAccept(
                    answer -> {
                      String what = who + " calls " + tool + ": " + answer.text();
                      assertEquals(expected.contains(tool) ? 200 : 403, answer.status(), what);
                      assertTrue(
                          answer.status() == 200 || answer.problem().equals("not-granted"), what);
                    }));
      }
    }
    calls.forEach(CompletableFuture::join);
    return calls.size();
  }

  private static Set<String> inDocument(JsonNode document) {
    Set<String> tools = new TreeSet<>();
    document.path("paths").fieldNames().forEachRemaining(path -> tools.add(path.substring(1)));
    return tools;
  }

  private static Set<String> inListing(JsonNode listing) {
    Set<String> tools = new TreeSet<>();
    listing
        .path("tools")
        .forEach(
            tool -> tools.add(tool.path("server").asText() + "/" + tool.path("tool").asText()));
    return tools;
  }
}
