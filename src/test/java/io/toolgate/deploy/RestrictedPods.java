package io.toolgate.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Pod Security Standard {@code restricted}, and what we ask of pods beyond it: a root file
 * system that nobody writes, no token of the cluster, and bounds.
 */
final class RestrictedPods {
  private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");
  private static final List<String> NO_CAPABILITIES = List.of("ALL");

  private final List<String> violations = new ArrayList<>();
  private String owner;

  private RestrictedPods() {}

  /** One sentence each. */
  static List<String> violations(Manifests manifests) {
    RestrictedPods pods = new RestrictedPods();
    for (Deployment deployment : manifests.all(Deployment.class)) {
      pods.owner = deployment.getMetadata().getName();
      pods.judge(deployment.getSpec().getTemplate().getSpec());
    }
    return List.copyOf(pods.violations);
  }

  private void judge(PodSpec pod) {
    refuse(pod.getHostNetwork(), "hostNetwork");
    refuse(pod.getHostPID(), "hostPID");
    refuse(pod.getHostIPC(), "hostIPC");
    require(Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()), "the cluster's token");
    PodSecurityContext context = pod.getSecurityContext();
    require(Boolean.TRUE.equals(context.getRunAsNonRoot()), "runAsNonRoot");
    require(context.getRunAsUser() != null && context.getRunAsUser() > 0, "runAsUser");
    require(
        context.getSeccompProfile() != null
            && PROFILES.contains(context.getSeccompProfile().getType()),
        "seccompProfile");
    require(context.getSysctls().isEmpty(), "sysctls");
    require(context.getSeLinuxOptions() == null, "seLinuxOptions");
    require(context.getAppArmorProfile() == null, "appArmorProfile");
    pod.getVolumes().forEach(volume -> require(isPlain(volume), "volume " + volume.getName()));
    PodReferences.containers(pod).forEach(this::judge);
  }

  private static boolean isPlain(Volume volume) {
    return Stream.of(volume.getConfigMap(), volume.getSecret(), volume.getEmptyDir())
        .anyMatch(source -> source != null);
  }

  private void judge(Container container) {
    SecurityContext context = container.getSecurityContext();
    refuse(context.getPrivileged(), "privileged");
    require(Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()), "privilege escalation");
    require(Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()), "readOnlyRootFilesystem");
    require(
        context.getCapabilities() != null
            && context.getCapabilities().getDrop().equals(NO_CAPABILITIES)
            && context.getCapabilities().getAdd().isEmpty(),
        "capabilities");
    require(
        context.getRunAsNonRoot() == null
            && context.getRunAsUser() == null
            && context.getSeccompProfile() == null
            && context.getProcMount() == null
            && context.getSeLinuxOptions() == null
            && context.getAppArmorProfile() == null,
        "the container undoes what the pod says");
    require(container.getPorts().stream().allMatch(port -> port.getHostPort() == null), "hostPort");
    for (String resource : List.of("cpu", "memory")) {
      require(
          container.getResources() != null
              && container.getResources().getRequests().containsKey(resource)
              && container.getResources().getLimits().containsKey(resource),
          "request and limit of " + resource);
    }
  }

  private void refuse(Boolean forbidden, String what) {
    require(!Boolean.TRUE.equals(forbidden), what);
  }

  private void require(boolean held, String what) {
    if (!held) {
      violations.add(owner + ": " + what);
    }
  }
}
