package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.tenant.Sessions.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionsReaderTest {
  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder);
  }

  @Test
  void sharesAnEagerServerWhereNothingIsSaid() {
    ServerDefinition server = fixture.server("{\"command\": \"c\"}");

    assertEquals(
        new Sessions(Scope.SHARED, false, Duration.ofMinutes(10), 64, 4), server.sessions());
    assertEquals(new CallLimits(256, 2048), server.callLimits());
  }

  @Test
  void readsEveryKey() {
    ServerDefinition server =
        fixture
            .set("MOST", "7")
            .server(
                """
                {"command": "c", "session": "chat", "start": "on-demand", "idleTimeout": "5m",
                 "maxSessions": "${MOST}", "maxSessionsPerUser": 2.0, "maxConcurrency": 1,
                 "maxQueue": 0}
                """);

    assertEquals(new Sessions(Scope.CHAT, true, Duration.ofMinutes(5), 7, 2), server.sessions());
    assertEquals(new CallLimits(1, 0), server.callLimits());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"session\": \"shared\", \"start\": \"on-demand\"', true",
    "'\"session\": \"shared\", \"start\": \"eager\"', false",
    "'\"session\": \"user\"', true",
    "'\"session\": \"user\", \"start\": \"eager\"', true",
    "'\"session\": \"chat\"', true",
  })
  void startsSessionsOfTheirOwnOnDemandOnly(String keys, boolean onDemand) {
    ServerDefinition server = fixture.server("{\"url\": \"http://h\", " + keys + "}");

    assertEquals(onDemand, server.sessions().onDemand());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"session\": \"per-user\"', '/session: \"per-user\" is none of \"chat\", \"shared\","
        + " \"user\"'",
    "'\"session\": true', '/session: must be a string, not true'",
    "'\"start\": \"lazy\"', '/start: \"lazy\" is none of \"eager\", \"on-demand\"'",
    "'\"idleTimeout\": 0', '/idleTimeout: 0 is no time above 0 and up to 24 hours'",
    "'\"maxSessions\": 0', '/maxSessions: 0 is no whole number from 1 up'",
    "'\"maxSessions\": 1.5', '/maxSessions: 1.5 is no whole number from 1 up'",
    "'\"maxSessions\": 1e99999', '/maxSessions: 1E+99999 is no whole number from 1 up'",
    "'\"maxSessions\": 2147483648', '/maxSessions: 2147483648 is no whole number from 1 up'",
    "'\"maxSessionsPerUser\": \"many\"', '/maxSessionsPerUser: \"many\" is not a whole number'",
    "'\"maxSessionsPerUser\": []',"
        + " '/maxSessionsPerUser: must be a whole number, not an empty array'",
    "'\"maxConcurrency\": \"0\"', '/maxConcurrency: \"0\" is no whole number from 1 up'",
    "'\"maxQueue\": -1', '/maxQueue: -1 is no whole number from 0 up'",
    "'\"timeout\": \"1m\", \"deadline\": 59',"
        + " '/deadline: is shorter than \"timeout\", which it should contain'",
  })
  void refusesWrongValues(String keys, String mistake) {
    assertEquals(List.of(mistake), fixture.mistakes("{\"command\": \"c\", " + keys + "}"));
  }

  @Test
  void allowsADeadlineAsLongAsTheTimeout() {
    ServerDefinition server =
        fixture.server("{\"command\": \"c\", \"timeout\": \"1m\", \"deadline\": 60}");

    assertEquals(Duration.ofMinutes(1), server.deadline().orElseThrow());
  }

  @Test
  void warnsOfAStartThatSessionsDoNotHave() {
    assertEquals(
        List.of("/start: has no effect, because sessions are started by their first call"),
        fixture.warnings(
            """
            {"command": "c", "session": "user", "start": "eager", "maxSessions": 2,
             "maxSessionsPerUser": 1, "idleTimeout": 5}
            """));
  }
}
