package io.toolgate.upstream;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What one server prints, as it comes into our log: a few lines as they are, of a flood so many a
 * second, and the number of the others.
 *
 * <p>Invariant: a line that is left out costs next to nothing, so that a flood is drained as fast
 * as it comes.
 *
 * <p>Threading: any thread.
 */
final class ServerLog {
  private static final Logger LOG = Logger.getLogger("toolgate.server");
  private static final int BURST_SECONDS = 4;
  private static final double SECOND = 1e9;
  private static final int MOST_ODDITIES = 100;

  private final String server;
  private final int perSecond;
  private final LongSupplier nanos;
  private final Executor aSecondLater;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private double credit;
  private long counted;
  private long leftOut;

  /**
   * @param perSecond lines; four times as many may come at once
   */
  ServerLog(String server, int perSecond) {
    this(
        server,
        perSecond,
        System::nanoTime,
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
  }

  ServerLog(String server, int perSecond, LongSupplier nanos, Executor aSecondLater) {
    this.server = server;
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.aSecondLater = aSecondLater;
    this.credit = (double) BURST_SECONDS * perSecond;
    this.counted = nanos.getAsLong();
  }

  /**
   * @param text asked for only when it is logged; one line
   */
  void add(Logger.Level level, Supplier<String> text) {
    if (admits()) {
      LOG.logf(level, "%s: %s", server, text.get());
    }
  }

  /** Warns of an oddity, the first time that the server shows it. */
  void once(String oddity) {
    if (told.size() < MOST_ODDITIES && told.add(oddity)) {
      LOG.warnf("%s: %s", server, oddity);
    }
  }

  private synchronized boolean admits() {
    long now = nanos.getAsLong();
    credit = Math.min(BURST_SECONDS * perSecond, credit + (now - counted) / SECOND * perSecond);
    counted = now;
    if (leftOut == 0 && credit >= 1) {
      credit--;
      return true;
    }
    if (leftOut++ == 0) {
      aSecondLater.execute(this::tellLeftOut);
    }
    return false;
  }

  private void tellLeftOut() {
    long number;
    synchronized (this) {
      number = leftOut;
      leftOut = 0;
    }
    LOG.infof("%s: ... %s lines left out", server, String.format(Locale.ROOT, "%,d", number));
  }
}
