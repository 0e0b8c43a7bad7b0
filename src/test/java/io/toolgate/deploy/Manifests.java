package io.toolgate.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.toolgate.Await;
import io.toolgate.product.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of one deployment. */
record Manifests(List<HasMetadata> objects) {
  static final Path FOLDER = Path.of("deploy/kubernetes");

  /** What {@code kubectl kustomize} printed. */
  record Built(int exitCode, String out, String err) {}

  static Manifests read(String documents) {
    return new Manifests(StrictReader.read(documents));
  }

  /** Builds a folder as {@code kubectl apply -k} does, without a cluster. */
  static Built build(Path folder) throws IOException, InterruptedException {
    Path err = Files.createTempFile("kustomize", ".err");
    try {
      Process kubectl =
          new ProcessBuilder(Requires.kubectl().toString(), "kustomize", folder.toString())
              .redirectError(err.toFile())
              .start();
      String out = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Built(Await.end(kubectl), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /** Copies {@link #FOLDER}, in which an operator then makes the secrets of the example. */
  static Path copy(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(FOLDER.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return target;
  }

  /** The same as {@link #copy}, with secrets that are good enough for a start. */
  static Path copyWithSecrets(Path target) throws IOException {
    Path example = copy(target).resolve("overlays/example");
    Files.writeString(
        example.resolve("secrets.env"),
        String.join(
            "\n",
            "DATABASE_URL=postgresql://toolgate:secret@127.0.0.1:1/toolgate", // nobody is there
            "MCP_API_KEY=" + random(),
            "FORWARD_USER_INFO_HEADER_JWT_SECRET=" + random(),
            "TOOLGATE_ENCRYPTION_KEY=" + random()));
    Files.copy(example.resolve("credentials.env.example"), example.resolve("credentials.env"));
    return target;
  }

  private static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> Optional<T> find(Class<T> type, String name) {
    return all(type).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst();
  }

  /** The one whose name begins so; a generated name goes on with a hash. */
  <T extends HasMetadata> T generated(Class<T> type, String prefix) {
    return all(type).stream()
        .filter(object -> object.getMetadata().getName().startsWith(prefix))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + prefix));
  }

  /** What pods are made from. */
  List<PodTemplateSpec> templates() {
    return all(Deployment.class).stream().map(pods -> pods.getSpec().getTemplate()).toList();
  }
}
