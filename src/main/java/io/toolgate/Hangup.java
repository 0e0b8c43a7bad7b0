package io.toolgate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * The signal HUP, with which operators make programs read their files again. The JVM has no public
 * way to hear it; where the one it has is missing, the signal keeps its usual meaning.
 */
final class Hangup {
  private static final Logger LOG = Logger.getLogger("toolgate");
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  private Hangup() {}

  /** From now on the signal runs this, on a thread of its own. */
  static void runs(Runnable reaction) {
    try {
      Class<?> signal = Class.forName(SIGNAL);
      Class<?> handler = Class.forName(HANDLER);
      Object reacting =
          Proxy.newProxyInstance(
              Hangup.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  CompletableFuture.runAsync(reaction);
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), reacting);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      Throwable cause = e instanceof InvocationTargetException wrapped ? wrapped.getCause() : e;
      LOG.debugf("The signal HUP cannot be heard: %s", cause);
    }
  }
}
