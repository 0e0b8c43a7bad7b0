package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.product.Product;
import io.toolgate.product.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the Dockerfile puts into the image, started as the image starts it: uid 1000, no privileges,
 * a read-only root. Only the root file system is this machine's.
 */
@Tag("debian")
class ImageIT {
  /** A mount namespace of its own, as read-only as the image; then what the image's init starts. */
  private static final String START =
      """
      mount --make-rprivate /
      mount -t tmpfs -o noexec,nosuid,nodev tmpfs /tmp
      mount --bind "$1/data" "$1/data"
      mount --bind "$1/home" "$1/home"
      mount --bind "$1/passwd" /etc/passwd
      mount -o remount,bind,ro /
      exec env HOME="$1/home" HOST=0.0.0.0 PUBLISHED_ON=127.0.0.1 PORT=0 DATA_DIR="$1/data" ENABLE_SERVERS=time \
        DISABLE_SERVERS=filesystem,memory,everything,sequential-thinking \
        setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
        "$1/app/toolgate"
      """;

  private static final Pattern COPY =
      Pattern.compile("(?m)^COPY (?!--from)(?:--\\S+ )*(.+) (\\S+)$");

  /** Not below /tmp, which is another one within. */
  private Path folder;

  @BeforeEach
  void copy() throws Exception {
    Requires.root();
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "toolgate-image");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("passwd"), "root:x:0:0::/:\ntoolgate:x:1000:1000::/:\n");
    for (String written : List.of("data", "home")) {
      Files.createDirectory(folder.resolve(written));
      Files.setAttribute(folder.resolve(written), "unix:uid", 1000);
    }
    Path app = Files.createDirectory(folder.resolve("app"));
    Files.createDirectories(app.resolve("target"));
    Files.createDirectories(app.resolve("src/main/resources"));
    for (String part :
        List.of("target/quarkus-app", "tenants", "toolgate", "src/main/resources/help.txt")) {
      Ran.command(Path.of(""), Map.of(), List.of("cp", "-r", part, "" + app.resolve(part))).ok();
    }
    Ran.command(folder, Map.of(), List.of("chmod", "-R", "go+rX", "" + app)).ok();
  }

  @AfterEach
  void delete() throws IOException {
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  @Test
  void startsAsAnOrdinaryUserOnAReadOnlyRoot() throws Exception {
    List<String> words = List.of("unshare", "--mount", "sh", "-ec", START, "sh", folder.toString());
    try (Product product = Product.command(Path.of("/"), words.toArray(String[]::new))) {
      product.url();
      product.await("it is ready", () -> product.get("/q/health/ready").status() == 200);
      String status = Files.readString(Path.of("/proc/" + product.process().pid() + "/status"));

      String answer = product.post("/time/get_current_time", "{\"timezone\":\"Asia/Tokyo\"}").ok();

      assertTrue(answer.contains("Asia/Tokyo"), answer);
      assertTrue(status.contains("Uid:\t1000\t1000") && status.contains("NoNewPrivs:\t1"), status);
      assertTrue(status.matches("(?s).*CapBnd:\\t0+\\n.*"), status);
      product.process().destroy();
      Await.end(product.process());
      assertEquals(128 + 15, product.process().exitValue());
    }
  }

  /** What is not let through is missing in the build; what is let through in vain goes to it. */
  @Test
  void whatIsCopiedIsThereAndNotIgnored() throws IOException {
    Set<String> copied = new TreeSet<>();
    Matcher copies = COPY.matcher(Files.readString(Path.of("Dockerfile")));
    while (copies.find()) {
      copied.addAll(List.of(copies.group(1).split(" ")));
    }
    Set<String> letThrough =
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .collect(Collectors.toSet());

    assertFalse(copied.isEmpty());
    for (String path : copied) {
      assertTrue(Files.exists(Path.of(path)), path);
      assertTrue(letThrough.stream().anyMatch(path::startsWith), path);
    }
    for (String path : letThrough) {
      assertTrue(copied.stream().anyMatch(path::startsWith), path);
    }
  }
}
