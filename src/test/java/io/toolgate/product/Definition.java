package io.toolgate.product;

import com.fasterxml.jackson.annotation.JsonValue;
import io.toolgate.scripted.Scripted;
import io.toolgate.scripted.ScriptedProcess;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server's entry in a tenant file. Immutable. */
public record Definition(@JsonValue Map<String, Object> keys) {

  /** A scripted server that Toolgate starts. */
  public static Definition of(Scripted scripted) {
    return command(scripted.command());
  }

  public static Definition command(String... words) {
    return command(Arrays.asList(words));
  }

  private static Definition command(List<String> words) {
    return new Definition(
        Map.of("command", words.get(0), "args", List.copyOf(words.subList(1, words.size()))));
  }

  /** A scripted server that the test has started, over HTTP. */
  public static Definition of(ScriptedProcess running) {
    return new Definition(Map.of("url", running.url().toString()));
  }

  /** The same with one key more, or another value. */
  public Definition with(String key, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(keys);
    all.put(key, value);
    return new Definition(all);
  }
}
