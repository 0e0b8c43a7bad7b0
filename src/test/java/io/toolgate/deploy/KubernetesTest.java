package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.deploy.Manifests.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests in {@code deploy/kubernetes}, as {@code kubectl} builds them. */
class KubernetesTest {
  private static final String EXAMPLE = "overlays/example";
  private static final Map<String, String> BUILT = new HashMap<>();
  @TempDir private static Path folder;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    Manifests.copyWithSecrets(folder);
    for (String name : List.of("base", EXAMPLE, "overlays/pinned")) {
      Built built = Manifests.build(folder.resolve(name));
      assertEquals(0, built.exitCode(), built.err());
      BUILT.put(name, built.out());
    }
  }

  private static List<String> findings(Manifests manifests) {
    List<String> all = new ArrayList<>(References.broken(manifests));
    all.addAll(RestrictedPods.violations(manifests));
    all.addAll(Settings.mistakes(manifests));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {EXAMPLE, "overlays/pinned"})
  void nothingIsUnknownNorLeadsNowhere(String overlay) {
    assertEquals(List.of(), findings(Manifests.read(BUILT.get(overlay))));
  }

  @Test
  void theBaseLacksNothingButItsSecrets() {
    Manifests base = Manifests.read(BUILT.get("base"));

    assertEquals(
        List.of(
            "Deployment toolgate: there is no Secret toolgate-secrets",
            "Deployment toolgate: there is no Secret toolgate-credentials"),
        References.broken(base));
    assertEquals(List.of(), RestrictedPods.violations(base));
  }

  @Test
  void withoutTheOperatorsSecretsNothingIsBuilt(@TempDir Path empty) throws Exception {
    Built built = Manifests.build(Manifests.copy(empty).resolve(EXAMPLE));

    assertNotEquals(0, built.exitCode());
    assertTrue(built.err().contains("secrets.env"), built.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          readinessProbe:         | readynessProbe:               | Unrecognized field "readynessProbe"
          whenUnsatisfiable:      | whenUnsatisfied:              | Unrecognized field "whenUnsatisfied"
          value: "3001"           | value: 3001                   | Cannot coerce Integer value (3001)
          containerPort: 3001     | containerPort: "3001"         | Cannot coerce String value ("3001")
          replicas: 1             | replicas: 1.5                 | Cannot coerce Floating-point value (1.5)
          apiVersion: policy/v1   | apiVersion: policy/v1beta1    | policy/v1beta1/PodDisruptionBudget is none of
          minReplicas: 2          | minReplicas: 2\\n  minReplicas: 2 | Duplicate field 'minReplicas'
          """)
  void whatTheApiServerWouldNotUnderstandIsRefused(String right, String wrong, String why) {
    String mutated = mutated(right, wrong);

    AssertionError error = assertThrows(AssertionError.class, () -> Manifests.read(mutated));

    assertTrue(error.getMessage().contains(why), error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          configMapRef:\\n            name: t      | configMapRef:\\n            name: x     | there is no ConfigMap xoolgate-settings-
          configMap:\\n          name: t           | configMap:\\n          name: x          | there is no ConfigMap xoolgate-tenants-
          secretRef:\\n            name: t         | secretRef:\\n            name: x        | there is no Secret xoolgate-credentials-
          secretName: t                            | secretName: x                           | there is no Secret xoolgate-secrets-
          enableServiceLinks: false                | serviceAccountName: x                   | there is no ServiceAccount x
          namespace: toolgate                      | namespace: x                            | there is no namespace x
          mountPath: /data\\n          name: data  | mountPath: /data\\n          name: x    | there is no volume x
          mountPath: /data\\n          name: data  | mountPath: /data\\n          name: home | nothing mounts the volume data
          live\\n            port: http            | live\\n            port: web            | no port web to probe
          port: mcp                                | port: web                               | no port web to probe
          targetPort: http                         | targetPort: 8001                        | Service toolgate: no pod that it selects listens
          targetPort: mcp                          | targetPort: web                         | Service mcp-everything: no pod that it selects
          port: 8000\\n      protocol              | port: 8001\\n      protocol             | NetworkPolicy toolgate: no pod that it selects
          component: mcp-server\\n  ingress        | component: x\\n  ingress                | NetworkPolicy toolgate: selects no pod
          component: mcp-server\\n  policyTypes    | component: x\\n  policyTypes            | NetworkPolicy mcp-servers: selects no pod
          name: toolgate\\n  unhealthyPod          | name: x\\n  unhealthyPod                | PodDisruptionBudget toolgate: selects no pod
          kind: Deployment\\n    name: toolgate    | kind: Deployment\\n    name: x          | there is no Deployment x
          selector:\\n    app.kubernetes.io/name: m | selector:\\n    app.kubernetes.io/name: x | Service mcp-everything: selects no pod
          policyTypes:\\n  - Ingress\\n  - Egress  | policyTypes:\\n  - Ingress              | has rules for Egress and is none
          """)
  void whatLeadsNowhereIsFound(String right, String wrong, String finding) {
    assertFound(finding, findings(Manifests.read(mutated(right, wrong))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HOST: 0.0.0.0             | HOST: 127.0.0.1         | HOST is not every address
          PORT: "8000"              | PORT: "8080"            | PORT is not the port
          DRAIN_TIME: 30s           | DRAIN_TIME: 31s         | terminationGracePeriodSeconds is less than 46
          STOP_NOTICE: 5s           | STOP_NOTICE: soon       | STOP_NOTICE is not in seconds
          CONFINE_CHILDREN:         | CONFINE_CHILD:          | CONFINE_CHILD is no setting
          TENANTS_DIR: /app/tenants | TENANTS_DIR: /tenants   | TENANTS_DIR is not where
          DATA_DIR: /data           | DATA_DIR: /app/data     | DATA_DIR cannot be written
          toolgate/MCP_API_KEY      | toolgate/KEY            | MCP_API_KEY_FILE names /run/secrets/toolgate/KEY
          GITHUB_REMOTE_TOKEN: ""   | GITHUB_TOKEN: ""        | no definition uses GITHUB_TOKEN
          GITHUB_REMOTE_TOKEN: ""   | MCP_API_KEY: ""         | MCP_API_KEY is a setting, no credential
          path: /q/health/ready     | path: /q/health/live    | readiness probe
          path: /q/health/live      | path: /q/health/ready   | liveness probe
          """)
  void whatToolgateDoesNotKnowIsFound(String right, String wrong, String finding) {
    assertFound(finding, findings(Manifests.read(mutated(right, wrong))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          runAsNonRoot: true                  | runAsNonRoot: false             | toolgate: runAsNonRoot
          runAsUser: 1000                     | runAsUser: 0                    | toolgate: runAsUser
          type: RuntimeDefault                | type: Unconfined                | toolgate: seccompProfile
          enableServiceLinks: false           | hostNetwork: true               | toolgate: hostNetwork
          automountServiceAccountToken: false | automountServiceAccountToken: true | toolgate: the cluster's token
          allowPrivilegeEscalation: false     | allowPrivilegeEscalation: true  | toolgate: privilege escalation
          readOnlyRootFilesystem: true        | readOnlyRootFilesystem: false   | mcp-everything: readOnlyRootFilesystem
          readOnlyRootFilesystem: true        | privileged: true                | mcp-everything: privileged
          readOnlyRootFilesystem: true        | procMount: Unmasked             | toolgate: the container undoes
          - ALL                               | - NET_RAW                       | toolgate: capabilities
          emptyDir:\\n          sizeLimit: 64Mi | hostPath:\\n          path: /h  | toolgate: volume home
          memory: 1Gi                         | ephemeral-storage: 1Gi          | toolgate: request and limit of memory
          containerPort: 3001                 | hostPort: 3001                  | mcp-everything: hostPort
          """)
  void whatRestrictedForbidsIsFound(String right, String wrong, String finding) {
    assertFound(finding, RestrictedPods.violations(Manifests.read(mutated(right, wrong))));
  }

  private static void assertFound(String finding, List<String> findings) {
    assertTrue(findings.stream().anyMatch(it -> it.contains(finding)), findings.toString());
  }

  private static String mutated(String right, String wrong) {
    String before = BUILT.get(EXAMPLE);
    String after = before.replace(lines(right), lines(wrong));
    assertNotEquals(before, after, "nothing is changed");
    return after;
  }

  private static String lines(String text) {
    return text.replace("\\n", "\n");
  }

  @Test
  void gitKeepsTheExamplesOfSecretsEmptyAndNoOthers() throws IOException {
    Path example = Manifests.FOLDER.resolve(EXAMPLE);

    assertEquals(
        List.of("secrets.env", "credentials.env"),
        Files.readAllLines(example.resolve(".gitignore")));
    for (String name : List.of("secrets.env.example", "credentials.env.example")) {
      assertEquals(
          List.of(),
          Files.readAllLines(example.resolve(name)).stream()
              .filter(line -> !line.matches("(#.*|[A-Z_]+=)?"))
              .toList());
    }
  }
}
