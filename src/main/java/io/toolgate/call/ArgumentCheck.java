package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InvalidSchemaException;
import com.networknt.schema.InvalidSchemaRefException;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.resource.SchemaLoader;
import io.toolgate.catalog.Parameters;
import io.toolgate.catalog.ShownNames;
import io.toolgate.problem.Mistake;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.schema.EcmaPattern;
import java.util.List;
import java.util.Optional;

/**
 * Judges a tool's arguments by the tool's own schema, as it is meant, before its server sees them.
 *
 * <p>Strict where a mistake would reach the server, and otherwise out of the way:
 *
 * <ul>
 *   <li>No value is converted. A number in quotes is a string, and refused where only numbers fit;
 *       the mistake says so. A property whose schema accepts any value gets what was sent, also a
 *       string that holds JSON.
 *   <li>A null that its schema refuses is left out, unless the property is required: clients send
 *       nulls for what they leave empty.
 *   <li>A key the schema does not know is passed on, unless the schema forbids such keys.
 *   <li>{@code format} describes and does not judge (JSON Schema 2020-12, Validation, section 7.2).
 * </ul>
 *
 * <p>Invariants: a schema can neither load anything (no reference leaves its document, and no two
 * tools share a name) nor take unbounded time; a schema that cannot judge lets everything pass,
 * because the server judges itself, and {@link #note} says why.
 *
 * <p>Threading: immutable; compiled once per tool, used by any number of threads.
 */
public final class ArgumentCheck {
  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder()
          .regularExpressionFactory(source -> EcmaPattern.of(source)::matches)
          .losslessNarrowing(true)
          .build();
  private static final SchemaLoader NOTHING = SchemaLoader.builder().allow(iri -> false).build();

  private final Schema schema;
  private final ShownNames names;
  private final String note;

  private ArgumentCheck(Schema schema, ShownNames names, String note) {
    this.schema = schema;
    this.names = names;
    this.note = note;
  }

  /** The check for a tool's {@code inputSchema}; never fails, see {@link #note}. */
  public static ArgumentCheck compile(JsonNode inputSchema) {
    return compile(Parameters.of(inputSchema));
  }

  /** The check for what a tool takes; never fails, see {@link #note}. */
  static ArgumentCheck compile(Parameters parameters) {
    JsonNode inputSchema = parameters.schema();
    ShownNames names = parameters.names();
    if (inputSchema.isMissingNode() || inputSchema.isNull()) {
      return new ArgumentCheck(null, names, null);
    }
    if (inputSchema.isBoolean()) {
      return inputSchema.booleanValue()
          ? new ArgumentCheck(null, names, null)
          : unchecked("it refuses everything");
    }
    try {
      return compile(inputSchema, names, true);
    } catch (UncheckableSchemaException firstTry) {
      try {
        return compile(inputSchema, names, false);
      } catch (UncheckableSchemaException reason) {
        return unchecked(reason.getMessage());
      }
    }
  }

  private static ArgumentCheck compile(JsonNode inputSchema, ShownNames names, boolean keepIds) {
    try {
      InputSchema prepared = InputSchema.of(inputSchema, keepIds);
      SchemaRegistry registry =
          SchemaRegistry.withDialect(
              prepared.draft().dialect(),
              builder -> builder.schemaLoader(NOTHING).schemaRegistryConfig(CONFIG));
      Schema schema = registry.getSchema(prepared.json());
      schema.initializeValidators();
      Judgement.of(schema, JsonNodeFactory.instance.objectNode());
      return new ArgumentCheck(schema, names, null);
    } catch (UncheckableSchemaException known) {
      throw known;
    } catch (InvalidSchemaRefException reference) {
      throw new UncheckableSchemaException("it refers to something it does not contain");
    } catch (InvalidSchemaException external) {
      throw new UncheckableSchemaException("it refers to another document, which is never loaded");
    } catch (StackOverflowError tooDeep) {
      throw new UncheckableSchemaException("it is nested too deeply");
    } catch (RuntimeException unusable) {
      throw new UncheckableSchemaException("it is not a valid JSON Schema");
    }
  }

  private static ArgumentCheck unchecked(String reason) {
    return new ArgumentCheck(
        null,
        ShownNames.NONE,
        "The arguments are not checked against the tool's schema: " + reason + ".");
  }

  /** Why arguments pass unchecked, as one sentence for the tool's users; empty when they do not. */
  public Optional<String> note() {
    return Optional.ofNullable(note);
  }

  /**
   * The arguments to send: those given, without nulls that no schema accepts.
   *
   * @param arguments not modified
   * @throws ProblemException {@link Problem#INVALID_ARGUMENTS} with every mistake
   */
  public ObjectNode check(ObjectNode arguments) {
    if (schema == null) {
      return arguments;
    }
    try {
      Judgement judgement = Judgement.of(schema, arguments);
      if (judgement.fits()) {
        return arguments;
      }
      ObjectNode withoutNulls = RefusedNulls.drop(arguments, judgement, schema);
      Judgement second = withoutNulls == arguments ? judgement : Judgement.of(schema, withoutNulls);
      if (second.fits()) {
        return withoutNulls;
      }
      throw Refusal.of(second, schema.getSchemaNode(), names);
    } catch (Judgement.TooManyStepsException tooMuch) {
      throw Refusal.of(
          List.of(new Mistake("", "is too complex to be checked; send fewer or simpler values")));
    } catch (ProblemException refused) {
      throw refused;
    } catch (RuntimeException | StackOverflowError unjudged) {
      return arguments;
    }
  }
}
