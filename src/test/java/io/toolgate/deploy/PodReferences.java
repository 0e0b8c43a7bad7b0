package io.toolgate.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What pods name: config maps, secrets, accounts, volumes, and their own ports. */
record PodReferences(Manifests manifests, String owner, Consumer<String> broken) {

  void follow(PodSpec pod) {
    String account = pod.getServiceAccountName();
    check(account == null, "there is no ServiceAccount " + account);
    pod.getVolumes().forEach(this::follow);
    Set<String> volumes =
        pod.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
    List<VolumeMount> mounts =
        containers(pod).flatMap(container -> container.getVolumeMounts().stream()).toList();
    mounts.forEach(
        mount -> check(volumes.contains(mount.getName()), "there is no volume " + mount.getName()));
    volumes.forEach(
        volume ->
            check(
                mounts.stream().anyMatch(mount -> mount.getName().equals(volume)),
                "nothing mounts the volume " + volume));
    containers(pod).forEach(this::follow);
  }

  static Stream<Container> containers(PodSpec pod) {
    return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
  }

  private void follow(Volume volume) {
    if (volume.getConfigMap() != null) {
      exists(ConfigMap.class, volume.getConfigMap().getName());
    } else if (volume.getSecret() != null) {
      exists(Secret.class, volume.getSecret().getSecretName());
    } else {
      check(volume.getEmptyDir() != null, "this test does not know the volume " + volume);
    }
  }

  private void follow(Container container) {
    for (EnvFromSource source : container.getEnvFrom()) {
      if (source.getConfigMapRef() != null) {
        exists(ConfigMap.class, source.getConfigMapRef().getName());
      }
      if (source.getSecretRef() != null) {
        exists(Secret.class, source.getSecretRef().getName());
      }
    }
    for (EnvVar variable : container.getEnv()) {
      check(
          variable.getValueFrom() == null,
          "this test does not know where " + variable.getName() + " is from");
    }
    Stream.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())
        .filter(Objects::nonNull)
        .map(PodReferences::port)
        .forEach(
            port -> check(isPort(container, port), "no port " + port.getValue() + " to probe"));
  }

  private static IntOrString port(Probe probe) {
    return probe.getHttpGet() != null
        ? probe.getHttpGet().getPort()
        : probe.getTcpSocket().getPort();
  }

  /** Whether a container says that it listens there; by name or number. */
  static boolean isPort(Container container, IntOrString port) {
    return container.getPorts().stream().anyMatch(own -> isPort(own, port));
  }

  private static boolean isPort(ContainerPort own, IntOrString port) {
    return port.getStrVal() == null
        ? own.getContainerPort().equals(port.getIntVal())
        : port.getStrVal().equals(own.getName());
  }

  private void exists(Class<? extends HasMetadata> type, String name) {
    check(
        manifests.find(type, name).isPresent(), "there is no " + type.getSimpleName() + " " + name);
  }

  private void check(boolean whole, String sentence) {
    if (!whole) {
      broken.accept(owner + ": " + sentence);
    }
  }
}
