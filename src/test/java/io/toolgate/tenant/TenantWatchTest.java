package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantWatchTest {
  private static final Duration INTERVAL = Duration.ofMillis(10);

  @TempDir Path folder;
  Path file;
  Path tenants;
  final Semaphore told = new Semaphore(0);
  TenantWatch watch;

  @BeforeEach
  void prepare() throws IOException {
    tenants = Files.createDirectory(folder.resolve("tenants"));
    file = Files.writeString(tenants.resolve("a.json"), "{}");
    watch(tenants);
  }

  @AfterEach
  void close() {
    watch.close();
  }

  private void watch(Path... paths) {
    if (watch != null) {
      watch.close();
    }
    watch = new TenantWatch(List.of(paths), INTERVAL, told::release);
  }

  private void assertTold() throws InterruptedException {
    Await.until("it is told", told::tryAcquire);
  }

  private TenantLook look() {
    return TenantLook.at(List.of(tenants));
  }

  @Test
  void noticesAnEditInPlace() throws Exception {
    Files.writeString(file, "{\"servers\": {}}");

    assertTold();
  }

  @Test
  void noticesAnotherFileInThePlaceOfOne() throws Exception {
    FileTime modified = Files.getLastModifiedTime(file);
    Path other = Files.writeString(folder.resolve("other"), "[]");
    Files.setLastModifiedTime(other, modified);

    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    assertTold();
  }

  @Test
  void noticesFilesThatAreAddedRenamedAndRemoved() throws Exception {
    Path added = Files.writeString(tenants.resolve("b.json"), "{}");
    assertTold();

    Path renamed = Files.move(added, tenants.resolve("c.json"));
    assertTold();

    Files.delete(renamed);
    assertTold();
  }

  @Test
  void noticesTheLinksOfAConfigMapLeadElsewhere() throws Exception {
    FileTime modified = FileTime.fromMillis(0);
    for (String version : List.of("..1", "..2")) {
      Path content = Files.createDirectory(tenants.resolve(version)).resolve("m.json");
      Files.setLastModifiedTime(Files.writeString(content, "{}"), modified);
    }
    Path data = Files.createSymbolicLink(tenants.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(tenants.resolve("m.json"), Path.of("..data", "m.json"));
    assertTold();

    Path next = Files.createSymbolicLink(tenants.resolve("..next"), Path.of("..2"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    assertTold();
  }

  @Test
  void noticesThatTheFolderItselfIsAnother() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), tenants);
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.copy(file, other.resolve("a.json"), StandardCopyOption.COPY_ATTRIBUTES);
    watch(link);

    Path next = Files.createSymbolicLink(folder.resolve("next"), other);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    assertTold();
  }

  @Test
  void noticesAFileThatVanishesAndComesBack() throws Exception {
    watch(file);

    Files.delete(file);
    assertTold();

    Files.writeString(file, "{}");
    assertTold();
  }

  @Test
  void noticesAFolderThatVanishesAndComesBack() throws Exception {
    Path away = Files.move(tenants, folder.resolve("away"));
    assertTold();

    Files.move(away, tenants);
    assertTold();
  }

  @Test
  void noticesAFileOfTheSameSizeAndTime() throws Exception {
    TenantLook before = look();
    FileTime modified = Files.getLastModifiedTime(file);

    Files.delete(file);
    Files.writeString(folder.resolve("keeps the old file's number"), "");
    Files.setLastModifiedTime(Files.writeString(file, "[]"), modified);

    assertNotEquals(before, look());
  }

  @Test
  void overlooksWhatIsNotRead() throws Exception {
    TenantLook before = look();

    Files.writeString(tenants.resolve(".a.json"), "{}");
    Files.writeString(tenants.resolve("a.json~"), "{}");
    Files.writeString(tenants.resolve("README.md"), "x");
    Files.createDirectory(tenants.resolve("folder.json"));

    assertEquals(before, look());
  }

  @Test
  void looksTheSameWhileNothingChanges() throws Exception {
    Files.createSymbolicLink(tenants.resolve("nowhere.json"), Path.of("nowhere"));

    assertEquals(look(), look());
  }

  @Test
  void waitsUntilTwoLooksAgree() {
    Settling<String> settling = new Settling<>("old");

    assertFalse(settling.settlesAt("half"));
    assertFalse(settling.settlesAt("nearly"));
    assertFalse(settling.settlesAt("new"));
    assertTrue(settling.settlesAt("new"));
    assertFalse(settling.settlesAt("new"));
  }

  @Test
  void saysNothingOfAChangeThatWasTakenBack() {
    Settling<String> settling = new Settling<>("old");

    assertFalse(settling.settlesAt("half"));
    assertFalse(settling.settlesAt("old"));
    assertFalse(settling.settlesAt("old"));
  }

  @Test
  void goesOnAfterACallBackThatFails() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    watch.close();
    watch =
        new TenantWatch(
            List.of(tenants),
            INTERVAL,
            () -> {
              told.release();
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("expected by this test");
              }
            });

    Files.writeString(file, "{\"servers\": {}}");
    assertTold();

    Files.writeString(file, "{\"mcpServers\": {}}");
    assertTold();
  }

  @Test
  void endsItsThread() throws Exception {
    Semaphore mine = new Semaphore(0);
    Thread[] thread = new Thread[1];
    TenantWatch other =
        new TenantWatch(
            List.of(tenants),
            INTERVAL,
            () -> {
              thread[0] = Thread.currentThread();
              mine.release();
            });
    Files.writeString(file, "{\"servers\": {}}");
    Await.until("it is told", mine::tryAcquire);

    other.close();

    Await.until("it has ended", () -> !thread[0].isAlive());
    assertTrue(thread[0].isDaemon());
  }
}
