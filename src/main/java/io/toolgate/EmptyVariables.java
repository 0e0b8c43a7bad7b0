package io.toolgate;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;

/**
 * Takes an empty environment variable for one that is not set, as a compose file makes it from
 * {@code ${PORT:-}}; the default of the setting counts then.
 */
@Priority(
    Priorities.LIBRARY) // behind the one that fills in ${...}, which asks only those behind it
public final class EmptyVariables implements ConfigSourceInterceptor {
  private static final long serialVersionUID = 1L;
  private static final String ENVIRONMENT = "EnvConfigSource";

  @Override
  public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    ConfigValue value = context.proceed(name);
    boolean empty =
        value != null
            && "".equals(value.getValue())
            && String.valueOf(value.getConfigSourceName()).startsWith(ENVIRONMENT);
    return empty ? null : value;
  }
}
