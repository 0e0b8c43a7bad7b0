package io.toolgate;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.toolgate.database.Database;
import io.toolgate.identity.Authentication;
import io.toolgate.identity.Loopback;
import io.toolgate.identity.LoopbackGuard;
import io.toolgate.policy.Encryption;
import io.toolgate.policy.GrantReview;
import io.toolgate.policy.Policy;
import io.toolgate.rest.Ending;
import io.toolgate.tenant.Definitions;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.TenantMistakes;
import io.toolgate.tenant.TenantSettings;
import io.toolgate.tenant.TenantWatch;
import io.toolgate.tenant.Variables;
import io.toolgate.upstream.LiveDefinitions;
import io.toolgate.upstream.UpstreamSettings;
import io.toolgate.upstream.Upstreams;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Reads the definitions, starts the database and the servers, and ends them with Toolgate.
 *
 * <p>Invariant: a mistake in the settings or the files ends the start before the port is opened,
 * with all that is wrong and nothing else.
 */
@ApplicationScoped
class Startup {
  private static final Logger LOG = Logger.getLogger("toolgate");
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(8);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

  private final TenantSettings tenants;
  private final Authentication authentication;
  private final LoopbackGuard guard;
  private final Encryption encryption;
  private final Policy policy;
  private final GrantReview review;
  private final ServedNames served;
  private final LiveDefinitions definitions;
  private final UpstreamSettings limits;
  private final Upstreams upstreams;
  private final Ending ending;
  private final Database database;
  private TenantWatch watch;
  private Optional<LogOutput> logOutput = Optional.empty();
  private boolean stopped;

  @ConfigProperty(name = "toolgate.data")
  Path data;

  @ConfigProperty(name = "toolgate.home", defaultValue = ".")
  Path home;

  @ConfigProperty(name = "quarkus.log.console.stderr", defaultValue = "false")
  boolean logToStderr;

  @ConfigProperty(name = "quarkus.http.host")
  String host;

  @ConfigProperty(name = "toolgate.stop-notice")
  Duration stopNotice;

  Startup(
      TenantSettings tenants,
      Authentication authentication,
      LoopbackGuard guard,
      Encryption encryption,
      Policy policy,
      GrantReview review,
      ServedNames served,
      LiveDefinitions definitions,
      UpstreamSettings limits,
      Upstreams upstreams,
      Ending ending,
      Database database) {
    this.tenants = tenants;
    this.authentication = authentication;
    this.guard = guard;
    this.encryption = encryption;
    this.policy = policy;
    this.review = review;
    this.served = served;
    this.definitions = definitions;
    this.limits = limits;
    this.upstreams = upstreams;
    this.ending = ending;
    this.database = database;
  }

  void start(@Observes StartupEvent event) {
    authentication
        .mistakes()
        .ifPresent(
            mistakes -> {
              throw new ConfigurationException(mistakes.getMessage());
            });
    if (!encryption.mistakes().isEmpty()) {
      throw new ConfigurationException(String.join("\n", encryption.mistakes()));
    }
    Optional<String> reachable = guard.reachable(host);
    if (!authentication.configured() && reachable.isPresent()) {
      throw new ConfigurationException(
          reachable.get()
              + ", but no authentication is configured. Set MCP_API_KEY or another proof of callers (see README.md), "
              + "choose 127.0.0.1, or set ALLOW_ANONYMOUS=true to let anyone who reaches this address use every "
              + "tool.");
    }
    Variables variables = PredefinedVariables.of(home, data);
    try {
      prepareData();
      watch = new TenantWatch(tenants.paths(), TenantWatch.INTERVAL, definitions::reload);
      Definitions found =
          definitions.begin(() -> tenants.read(variables, !authentication.configured()));
      found.warnings().forEach(LOG::warn);
      sayWhichDemosAreOff(found);
    } catch (TenantMistakes mistakes) {
      throw new ConfigurationException(mistakes.getMessage());
    }
    upstreams.suppliedBy(policy::suppliers);
    review.against(served::now);
    Hangup.runs(definitions::reload);
    sayWhoIsLetIn();
    database.start();
  }

  private void sayWhoIsLetIn() {
    if (guard.open()) {
      LOG.warn("ALLOW_ANONYMOUS is set: anyone who reaches this address may use every tool.");
    }
    if (authentication.configured()) {
      LOG.infof(
          "Callers prove who they are by %s", String.join(", or ", authentication.accepted()));
      authentication.warnings().forEach(LOG::warn);
      if (!authentication.userRequired()) {
        LOG.info(
            "REQUIRE_USER is false, which --api-key sets too: a key alone may call tools, without naming a user");
      }
    }
  }

  private void sayWhichDemosAreOff(Definitions found) {
    List<String> names =
        found.servers().stream()
            .filter(ServerDefinition::isDemoOff)
            .map(ServerDefinition::name)
            .toList();
    if (!names.isEmpty()) {
      LOG.infof(
          "Off, because callers have to prove who they are: the demo servers %s. To have them, set ENABLE_SERVERS=%s",
          String.join(", ", names), enabling(tenants.enable().orElse(Set.of()), names));
    }
  }

  /** The whole value of ENABLE_SERVERS: whoever sets it loses nothing that it enabled before. */
  static String enabling(Set<String> already, List<String> more) {
    return Stream.concat(already.stream().map(String::strip).sorted(), more.stream())
        .filter(name -> !name.isEmpty())
        .distinct()
        .collect(Collectors.joining(","));
  }

  private void prepareData() {
    try {
      Path files = Files.createDirectories(data.toAbsolutePath().normalize().resolve("files"));
      Path welcome = files.resolve("welcome.txt");
      if (Files.notExists(welcome)) {
        Files.writeString(welcome, "This folder is served by the filesystem server of Toolgate.\n");
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "The data folder "
              + data
              + " cannot be written. Choose another with --data or DATA_DIR.");
    }
  }

  /** The servers start only when the port is open: however many they are, it does not wait. */
  void listening(@ObservesAsync HttpServerStart event, HttpServer server) {
    if (server.getPort() <= 0) {
      // The event may come a moment before the port is known.
      CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS)
          .execute(() -> listening(event, server));
      return;
    }
    LOG.infof(
        "Documents and tools: %1$s/openapi.json   Browse: %1$s/docs   State: %1$s/servers",
        "http://"
            + (Loopback.isLoopback(host) || host.equals("0.0.0.0") ? "localhost" : host)
            + ":"
            + server.getPort());
    collectLog();
    upstreams.start();
  }

  private synchronized void collectLog() {
    if (!stopped) {
      logOutput = LogOutput.install(logToStderr ? FileDescriptor.err : FileDescriptor.out);
    }
  }

  /** The port is still open: what runs is answered, and whoever comes is told. */
  void end(@Observes ShutdownDelayInitiatedEvent event) {
    ending.announce(stopNotice);
    ending.begin();
    if (watch != null) {
      watch.close();
    }
    upstreams.stop(limits.drain().plus(LAST_PATIENCE));
    ending.await(LAST_ANSWERS);
  }

  void stop(@Observes ShutdownEvent event) {
    try {
      database.stop();
    } finally {
      endLog();
    }
  }

  private synchronized void endLog() {
    stopped = true;
    logOutput.ifPresent(LogOutput::close);
  }
}
