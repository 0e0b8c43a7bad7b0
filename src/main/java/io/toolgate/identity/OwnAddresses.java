package io.toolgate.identity;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Recognises peers on this machine. Every program here has such an address, so it proves nothing.
 *
 * <p>Threading: the addresses are read anew now and then by whoever asks; two may do so at once.
 */
final class OwnAddresses {
  private static final long KEPT = Duration.ofSeconds(60).toNanos();

  private final LongSupplier nanoTime;
  private volatile Read last;

  private record Read(Set<InetAddress> addresses, long at) {}

  OwnAddresses(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  boolean contains(InetAddress address) {
    return address.isLoopbackAddress() || address.isAnyLocalAddress() || own().contains(address);
  }

  private Set<InetAddress> own() {
    Read read = last;
    long now = nanoTime.getAsLong();
    if (read == null || now - read.at() > KEPT) {
      read = new Read(addresses(), now);
      last = read;
    }
    return read.addresses();
  }

  private static Set<InetAddress> addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException e) {
      throw new IllegalStateException("The addresses of this machine cannot be read", e);
    }
  }
}
