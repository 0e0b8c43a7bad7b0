package io.toolgate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for programs that have to be told theirs. They are from below those that the kernel gives
 * to whoever asks for any, so that nobody is given one before the program has opened it.
 */
public final class FreePort {
  private static final int LOWEST = 15_000;
  private static final int KERNELS = 32_768;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /** One that is free, and was not given to anybody here before. */
  public static int next() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, KERNELS);
      if (isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket any = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return any.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
