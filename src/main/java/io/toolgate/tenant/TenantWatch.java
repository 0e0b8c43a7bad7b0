package io.toolgate.tenant;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Notices that tenant files changed, however that came about: edited, replaced, added, removed, or
 * reached by a link that leads elsewhere now, as Kubernetes does with config maps.
 *
 * <p>It looks again and again instead of asking the kernel to be told, because network file systems
 * and bind mounts do not tell. It speaks up only when two looks in a row agree, so that a file is
 * not read while it is written, and it may do so for a file that was only touched.
 *
 * <p>Threading: looks and calls back on a daemon thread of its own, one call at a time. What
 * changes during a call back is told after it.
 */
public final class TenantWatch implements AutoCloseable {
  /** Between two looks. */
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOG = Logger.getLogger(TenantWatch.class);

  private final List<Path> paths;
  private final Duration interval;
  private final Runnable changed;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Starts watching. What changes after this is noticed, so nothing is missed by whoever reads the
   * files only then.
   *
   * @param paths files and folders, as they are handed to {@link TenantFiles#read}
   */
  public TenantWatch(List<Path> paths, Duration interval, Runnable changed) {
    this.paths = List.copyOf(paths);
    this.interval = interval;
    this.changed = changed;
    Settling<TenantLook> settling = new Settling<>(TenantLook.at(this.paths));
    Thread thread = new Thread(() -> watch(settling), "tenant-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch(Settling<TenantLook> settling) {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        look(settling);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever goes wrong in it, later changes must not go unnoticed. */
  private void look(Settling<TenantLook> settling) {
    try {
      if (settling.settlesAt(TenantLook.at(paths))) {
        changed.run();
      }
    } catch (RuntimeException e) {
      LOG.error("A change of the tenant files could not be followed", e);
    }
  }

  /** Ends the watch without waiting for a call back that is under way. */
  @Override
  public void close() {
    closed.countDown();
  }
}
