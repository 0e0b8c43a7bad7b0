package io.toolgate.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.toolgate.tenant.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Toolgate's pods tell it, against what it knows and what is mounted. */
final class Settings {
  private static final Pattern NAME = Pattern.compile("=\\$\\{([A-Z][A-Z0-9_]*)[:}]");
  private static final Pattern SECONDS = Pattern.compile("(\\d+)s");
  private static final String FILE = "_FILE";
  private static final int AFTER_DRAIN = 10;

  private final Manifests manifests;
  private final PodSpec pod;
  private final Container container;
  private final List<String> mistakes = new ArrayList<>();

  private Settings(Manifests manifests) {
    this.manifests = manifests;
    this.pod =
        manifests
            .find(Deployment.class, "toolgate")
            .orElseThrow()
            .getSpec()
            .getTemplate()
            .getSpec();
    this.container = pod.getContainers().get(0);
  }

  /** By name, as a pod of Toolgate has them. */
  static Map<String, String> of(Manifests manifests) {
    return new Settings(manifests).values();
  }

  /** One sentence each. */
  static List<String> mistakes(Manifests manifests) {
    Settings settings = new Settings(manifests);
    settings.judge();
    return List.copyOf(settings.mistakes);
  }

  private Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    for (EnvFromSource source : container.getEnvFrom()) {
      if (source.getConfigMapRef() != null) {
        manifests
            .find(ConfigMap.class, source.getConfigMapRef().getName())
            .ifPresent(map -> values.putAll(map.getData()));
      }
    }
    container.getEnv().forEach(variable -> values.put(variable.getName(), variable.getValue()));
    return values;
  }

  private void judge() {
    Map<String, String> values = values();
    Set<String> known = known();
    values.keySet().forEach(name -> check(known.contains(name), name + " is no setting"));
    values.forEach(
        (name, value) -> {
          if (name.endsWith(FILE) && !value.isEmpty()) {
            check(isSecret(Path.of(value)), name + " names " + value + ", where no secret is");
          }
        });
    check("0.0.0.0".equals(values.get("HOST")), "HOST is not every address of the pod");
    check(
        container.getPorts().get(0).getContainerPort().toString().equals(values.get("PORT")),
        "PORT is not the port of the container");
    check(
        mounted(values.get("TENANTS_DIR")).filter(it -> it.getConfigMap() != null).isPresent(),
        "TENANTS_DIR is not where the definitions are");
    check(
        mounted(values.get("DATA_DIR")).filter(it -> it.getEmptyDir() != null).isPresent(),
        "DATA_DIR cannot be written");
    judgeCredentials(known);
    judgeProbes();
    judgeEnd(values);
  }

  /** The database's address is read by our own code, not by way of these. */
  private static Set<String> known() {
    try {
      String text = Files.readString(Path.of("src/main/resources/application.properties"));
      return Stream.concat(
              NAME.matcher(text).results().map(result -> result.group(1)),
              Stream.of("DATABASE_URL", "DATABASE_URL_FILE"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isSecret(Path file) {
    return mounted(file.getParent().toString())
        .filter(volume -> volume.getSecret() != null)
        .flatMap(volume -> manifests.find(Secret.class, volume.getSecret().getSecretName()))
        .filter(secret -> secret.getData().containsKey(file.getFileName().toString()))
        .isPresent();
  }

  private Optional<Volume> mounted(String path) {
    return container.getVolumeMounts().stream()
        .filter(mount -> mount.getMountPath().equals(path))
        .map(VolumeMount::getName)
        .flatMap(name -> pod.getVolumes().stream().filter(it -> it.getName().equals(name)))
        .findFirst();
  }

  private void judgeCredentials(Set<String> known) {
    String definitions =
        String.join(
            "\n", manifests.generated(ConfigMap.class, "toolgate-tenants").getData().values());
    for (EnvFromSource source : container.getEnvFrom()) {
      if (source.getSecretRef() != null) {
        manifests.find(Secret.class, source.getSecretRef().getName()).stream()
            .flatMap(secret -> secret.getData().keySet().stream())
            .forEach(
                name -> {
                  check(definitions.contains("${" + name + "}"), "no definition uses " + name);
                  check(
                      !known.contains(name) && !Variables.isOwn(name),
                      name + " is a setting, no credential");
                });
      }
    }
  }

  private void judgeProbes() {
    String live = "/q/health/live";
    check(live.equals(container.getStartupProbe().getHttpGet().getPath()), "startup probe");
    check(live.equals(container.getLivenessProbe().getHttpGet().getPath()), "liveness probe");
    check(
        "/q/health/ready".equals(container.getReadinessProbe().getHttpGet().getPath()),
        "readiness probe");
  }

  private void judgeEnd(Map<String, String> settings) {
    long least = seconds("STOP_NOTICE", settings) + seconds("DRAIN_TIME", settings) + AFTER_DRAIN;
    check(
        pod.getTerminationGracePeriodSeconds() >= least,
        "terminationGracePeriodSeconds is less than " + least);
  }

  private long seconds(String name, Map<String, String> settings) {
    Matcher seconds = SECONDS.matcher(settings.getOrDefault(name, ""));
    check(seconds.matches(), name + " is not in seconds");
    return seconds.matches() ? Long.parseLong(seconds.group(1)) : 0;
  }

  private void check(boolean right, String sentence) {
    if (!right) {
      mistakes.add(sentence);
    }
  }
}
