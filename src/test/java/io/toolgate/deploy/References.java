package io.toolgate.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Follows every reference from one object to another, and says which lead nowhere. */
final class References {
  private final Manifests manifests;
  private final List<String> broken = new ArrayList<>();
  private String owner;

  private References(Manifests manifests) {
    this.manifests = manifests;
  }

  /** One sentence each. */
  static List<String> broken(Manifests manifests) {
    References references = new References(manifests);
    manifests.objects().forEach(references::follow);
    return List.copyOf(references.broken);
  }

  private void follow(HasMetadata object) {
    owner = object.getKind() + " " + object.getMetadata().getName();
    String namespace = object.getMetadata().getNamespace();
    check(
        namespace == null || manifests.find(Namespace.class, namespace).isPresent(),
        "there is no namespace " + namespace);
    if (object instanceof Deployment deployment) {
      PodTemplateSpec pods = deployment.getSpec().getTemplate();
      check(
          Labels.match(deployment.getSpec().getSelector(), pods.getMetadata().getLabels()),
          "does not select its own pods");
      pods.getSpec()
          .getTopologySpreadConstraints()
          .forEach(spread -> selects(spread.getLabelSelector()));
      new PodReferences(manifests, owner, broken::add).follow(pods.getSpec());
    } else if (object instanceof Service service) {
      follow(service);
    } else if (object instanceof PodDisruptionBudget budget) {
      selects(budget.getSpec().getSelector());
    } else if (object instanceof HorizontalPodAutoscaler autoscaler) {
      CrossVersionObjectReference target = autoscaler.getSpec().getScaleTargetRef();
      check(
          manifests.objects().stream().anyMatch(other -> isMeant(target, other)),
          "there is no " + target.getKind() + " " + target.getName());
    } else if (object instanceof NetworkPolicy policy) {
      follow(policy.getSpec());
    } else if (object instanceof Ingress ingress) {
      ingress.getSpec().getRules().stream()
          .flatMap(rule -> rule.getHttp().getPaths().stream())
          .forEach(path -> follow(path.getBackend().getService()));
      ingress.getSpec().getTls().stream()
          .filter(tls -> tls.getSecretName() != null)
          .forEach(tls -> check(false, "there is no Secret " + tls.getSecretName()));
    }
  }

  private static boolean isMeant(CrossVersionObjectReference target, HasMetadata object) {
    return target.getApiVersion().equals(object.getApiVersion())
        && target.getKind().equals(object.getKind())
        && target.getName().equals(object.getMetadata().getName());
  }

  private void follow(Service service) {
    LabelSelector selector = new LabelSelector(List.of(), service.getSpec().getSelector());
    selects(selector);
    service.getSpec().getPorts().forEach(port -> listens(selector, port.getTargetPort()));
  }

  private void follow(IngressServiceBackend backend) {
    boolean found =
        manifests.find(Service.class, backend.getName()).stream()
            .flatMap(service -> service.getSpec().getPorts().stream())
            .anyMatch(
                port ->
                    port.getName().equals(backend.getPort().getName())
                        || port.getPort().equals(backend.getPort().getNumber()));
    check(found, "there is no such port of a Service " + backend.getName());
  }

  private void follow(NetworkPolicySpec policy) {
    selects(policy.getPodSelector());
    check(
        policy.getIngress().isEmpty() || policy.getPolicyTypes().contains("Ingress"),
        "has rules for Ingress and is none");
    check(
        policy.getEgress().isEmpty() || policy.getPolicyTypes().contains("Egress"),
        "has rules for Egress and is none");
    policy
        .getIngress()
        .forEach(
            rule -> {
              rule.getFrom().forEach(this::follow);
              rule.getPorts().forEach(port -> listens(policy.getPodSelector(), port.getPort()));
            });
    policy.getEgress().forEach(rule -> rule.getTo().forEach(peer -> follow(peer, rule.getPorts())));
  }

  private void follow(NetworkPolicyPeer peer, List<NetworkPolicyPort> ports) {
    follow(peer);
    if (isHere(peer)) {
      ports.forEach(port -> listens(peer.getPodSelector(), port.getPort()));
    }
  }

  private void follow(NetworkPolicyPeer peer) {
    if (isHere(peer)) {
      selects(peer.getPodSelector());
    }
  }

  private static boolean isHere(NetworkPolicyPeer peer) {
    return peer.getPodSelector() != null && peer.getNamespaceSelector() == null;
  }

  private void selects(LabelSelector selector) {
    check(selected(selector).findAny().isPresent(), "selects no pod: " + selector);
  }

  private void listens(LabelSelector selector, IntOrString port) {
    check(
        selected(selector)
            .flatMap(pods -> pods.getSpec().getContainers().stream())
            .anyMatch(container -> PodReferences.isPort(container, port)),
        "no pod that it selects listens on " + port.getValue());
  }

  private Stream<PodTemplateSpec> selected(LabelSelector selector) {
    return manifests.templates().stream()
        .filter(pods -> Labels.match(selector, pods.getMetadata().getLabels()));
  }

  private void check(boolean whole, String sentence) {
    if (!whole) {
      broken.add(owner + ": " + sentence);
    }
  }
}
