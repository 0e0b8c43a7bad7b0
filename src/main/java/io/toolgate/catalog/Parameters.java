package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.schema.MeantSchema;
import io.toolgate.tenant.Quote;
import io.toolgate.upstream.McpTool;
import org.jboss.logging.Logger;

/**
 * What a tool takes: its schema as it is meant, which judges arguments, and what callers are shown
 * of it. Both are made from the one reading of what the server sent, once, when the tool becomes
 * known.
 *
 * <p>Threading: immutable.
 */
public final class Parameters {
  /** The property that holds all arguments of a tool that says nothing of them. */
  public static final String ARGUMENTS = "arguments";

  private static final Logger LOG = Logger.getLogger("toolgate.catalog");

  private final JsonNode schema;
  private final SafeSchema shown;

  private Parameters(JsonNode schema, SafeSchema shown) {
    this.schema = schema;
    this.shown = shown;
  }

  /** For a schema that nobody needs to be told about. */
  public static Parameters of(JsonNode inputSchema) {
    JsonNode schema = MeantSchema.of(inputSchema).json();
    return new Parameters(schema, SafeSchema.of(schema));
  }

  /** Tells the log what of the schema does not count. */
  static Parameters of(String server, McpTool tool) {
    MeantSchema meant = MeantSchema.of(tool.inputSchema());
    meant
        .leftInWords()
        .ifPresent(
            left ->
                LOG.warnf(
                    "%s/%s: parts of its inputSchema do not count: %s",
                    server, Quote.plain(tool.name()), Quote.plain(left)));
    return new Parameters(meant.json(), SafeSchema.of(meant.json()));
  }

  /** The tool's schema without what cannot be meant; any JSON, or missing. */
  public JsonNode schema() {
    return schema;
  }

  SafeSchema shown() {
    return shown;
  }

  public ShownNames names() {
    return shown.names();
  }

  /** Whether callers are shown {@link #ARGUMENTS}, a JSON object written as text. */
  public boolean areText() {
    return shown.text();
  }
}
