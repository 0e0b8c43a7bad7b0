package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Throws random proofs, good and bad, at random configurations. The oracle keeps book of what each
 * piece of a request honestly proves; it knows nothing of how requests are judged.
 */
class RandomProofsTest {
  private static final int ROUNDS = 4000;
  private static final List<String> PEOPLE = List.of("ann@x", "bob@x", "eve@x");

  private static final String LIMITED =
      """
      [{"name": "limited", "key": "key-limited-0123456789", "groups": ["Sales"], "actForUsers": true},
       {"name": "mute", "key": "key-mute-0123456789012"}]""";

  /** What the pieces of one request prove. */
  private static final class Book {
    final Set<String> users = new HashSet<>();
    final Set<String> groups = new HashSet<>();
    final Set<String> admins = new HashSet<>();
    final Set<String> keys = new HashSet<>();
    boolean bad;
  }

  private final Random random = new Random(20240607);
  private final Map<List<Boolean>, Configured> configurations = new HashMap<>();
  private boolean key;
  private boolean gateway;
  private boolean signed;
  private boolean sessions;

  @Test
  void nobodyIsEverNamedWhomNoProofNames() {
    int users = 0;
    int services = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Configured configured = configure();
      Book book = new Book();
      Sent request = request(book);
      Optional<Caller> caller;
      try {
        caller = configured.identify(request);
      } catch (ProblemException refusal) {
        assertEquals(Problem.UNAUTHENTICATED, refusal.problem());
        refused++;
        continue;
      }
      assertTrue(!book.bad, () -> "passed with a bad proof: " + request);
      if (caller.orElse(null) instanceof Caller.User user) {
        users++;
        assertEquals(Set.of(user.email()), book.users, request::toString);
        assertTrue(book.groups.containsAll(user.groups()), request::toString);
        assertTrue(!user.admin() || book.admins.contains(user.email()), request::toString);
        assertEquals(book.keys.contains("limited"), user.within().isPresent(), request::toString);
      } else if (caller.orElse(null) instanceof Caller.Service service) {
        services++;
        assertEquals(Set.of(service.name()), book.keys, request::toString);
        assertEquals(Set.of(), book.users, request::toString);
      } else {
        boolean anonymous = caller.orElse(null) instanceof Caller.Anonymous;
        assertEquals(!key && !gateway && !signed && !sessions, anonymous, request::toString);
        assertEquals(Set.of(), book.users, request::toString);
        assertEquals(Set.of(), book.keys, request::toString);
      }
    }

    // Else the rounds would show little.
    assertTrue(users > ROUNDS / 20, "users " + users);
    assertTrue(services > ROUNDS / 50, "services " + services);
    assertTrue(refused > ROUNDS / 5, "refused " + refused);
  }

  private Configured configure() {
    key = random.nextBoolean();
    gateway = random.nextBoolean();
    signed = random.nextBoolean();
    sessions = random.nextBoolean();
    return configurations.computeIfAbsent(
        List.of(key, gateway, signed, sessions), any -> configuration());
  }

  private Configured configuration() {
    Configured configured =
        Configured.nothing()
            .and("FORWARDED_GROUPS_HEADER", "X-Groups")
            .knowing(
                Map.of(
                    "id-of-ann@x", new DirectoryUser("ann@x", "user"),
                    "id-of-bob@x", new DirectoryUser("bob@x", "admin"),
                    "id-of-eve@x", new DirectoryUser("eve@x", "user")));
    if (key) {
      configured.andKey().and("MCP_API_KEYS", LIMITED);
    }
    if (gateway) {
      configured.andGateway();
    }
    if (signed) {
      configured.andSigned();
    }
    if (sessions) {
      configured.andSessions();
    }
    return configured;
  }

  private Sent request(Book book) {
    Sent request = Sent.empty();
    String main = person();
    boolean token = false;
    if (chance(60)) {
      token = authorization(request, main, book);
    }
    if (chance(20)) {
      String sent = keyValue(book, key);
      request.with("X-API-Key", sent);
    }
    boolean acts = key && (book.keys.contains("default") || book.keys.contains("limited"));
    if (signed && chance(40)) {
      signedHeader(request, other(main), book);
    }
    if (chance(30)) {
      gateway(request, other(main), book);
    }
    if (chance(30)) {
      String named = other(main);
      request.withPlain(named).with("X-OpenWebUI-User-Id", "id-of-" + named);
      boolean admin = chance(30);
      request.with("X-OpenWebUI-User-Role", admin ? "admin" : "user");
      if (acts) {
        book.users.add(named);
        if (admin) {
          book.admins.add(named);
        }
      }
    }
    if (chance(30)) {
      request.with("X-Groups", "forwarded");
      if (acts && !token) {
        book.groups.add("forwarded");
      }
    }
    request.with(
        "Cookie", "token=" + Minted.session("id-of-eve@x").sign(Configured.SESSION_SECRET));
    return request;
  }

  /** Returns whether it is a good token. */
  private boolean authorization(Sent request, String person, Book book) {
    if (chance(50)) {
      String sent = keyValue(book, key || sessions);
      request.with("Authorization", "Bearer " + sent);
      if (!key && sessions) {
        book.bad = true;
      }
      return false;
    }
    boolean forged = chance(25);
    String token =
        Minted.session("id-of-" + person)
            .sign(forged ? "forged-0123456789" : Configured.SESSION_SECRET);
    request.with("Authorization", "Bearer " + token);
    if (sessions && !forged) {
      book.users.add(person);
      if (person.equals("bob@x")) {
        book.admins.add(person);
      }
      return true;
    }
    book.bad |= key || sessions;
    return false;
  }

  private String keyValue(Book book, boolean judged) {
    switch (random.nextInt(5)) {
      case 0:
        book.bad |= judged;
        return "wrong-key-0123456789";
      case 1:
        note(book, "limited");
        return "key-limited-0123456789";
      case 2:
        note(book, "mute");
        return "key-mute-0123456789012";
      default:
        note(book, "default");
        return Configured.KEY;
    }
  }

  private void note(Book book, String name) {
    if (key) {
      book.keys.add(name);
      book.bad |= book.keys.size() > 1;
    }
  }

  private void signedHeader(Sent request, String person, Book book) {
    boolean forged = chance(20);
    boolean admin = chance(20);
    request.withSigned(
        Minted.header(person)
            .claim("role", admin ? "admin" : "user")
            .sign(forged ? "forged-0123456789" : Configured.SIGNED_SECRET));
    book.bad |= forged;
    if (!forged) {
      book.users.add(person);
      if (admin) {
        book.admins.add(person);
      }
    }
  }

  private void gateway(Sent request, String person, Book book) {
    boolean admin = chance(20);
    request
        .with("X-User-Email", person)
        .with("X-User-Groups", "of-gateway")
        .with("X-User-Admin", Boolean.toString(admin));
    if (chance(70)) {
      boolean forged = chance(20);
      request.with("X-Gateway-Secret", forged ? "forged" : Configured.GATEWAY_SECRET);
      book.bad |= gateway && forged;
      if (gateway && !forged) {
        book.users.add(person);
        book.groups.add("of-gateway");
        if (admin) {
          book.admins.add(person);
        }
      }
    }
  }

  private String person() {
    return PEOPLE.get(random.nextInt(PEOPLE.size()));
  }

  /** Mostly the same person, because requests with two are refused. */
  private String other(String main) {
    return chance(80) ? main : person();
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
