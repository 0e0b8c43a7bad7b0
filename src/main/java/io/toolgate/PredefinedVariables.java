package io.toolgate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.toolgate.tenant.Variables;
import io.toolgate.time.TimeServer;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The variables that definitions find beside those of the environment. */
final class PredefinedVariables {
  private PredefinedVariables() {}

  /**
   * @param home where Toolgate is
   */
  static Variables of(Path home, Path data) {
    return Variables.ofProcess(
        Map.of(
            Variables.HOME, home.toAbsolutePath().normalize().toString(),
            Variables.DATA, data.toAbsolutePath().normalize().toString(),
            Variables.JAVA, ProcessHandle.current().info().command().orElse("java"),
            Variables.CLASSPATH, classPath()));
  }

  /** What our own small MCP servers need to run as children. */
  private static String classPath() {
    return Stream.of(TimeServer.class, ObjectMapper.class, JsonFactory.class, JsonProperty.class)
        .map(PredefinedVariables::location)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
