package io.toolgate.openwebui;

import static io.toolgate.openwebui.DocumentChecks.eachBody;
import static io.toolgate.openwebui.DocumentChecks.eachOperation;
import static io.toolgate.openwebui.DocumentChecks.eachPathItem;
import static io.toolgate.openwebui.DocumentChecks.eachSchema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;

/**
 * The rules a document must keep so that every version of Open WebUI turns it into tools without
 * loss. Each constant is one rule; {@link #violations} names the places that break it.
 */
public enum DocumentRule {
  /** Without {@code paths} a document is refused. */
  HAS_PATHS(DocumentChecks::paths),
  /** The page looks references up in {@code components} without asking whether it is there. */
  HAS_COMPONENTS(DocumentChecks::components),
  /** 0.6.x takes every member of a path item for an operation. */
  PATH_ITEMS_HOLD_NOTHING_BUT_OPERATIONS(eachPathItem(DocumentChecks::onlyOperations)),
  /** Clients normalize {@code .} and {@code ..} away, also when percent-encoded. */
  PATHS_HAVE_NO_DOT_SEGMENTS(eachPathItem(DocumentChecks::noDotSegment)),
  /** One tool is one POST. */
  EVERY_OPERATION_IS_A_POST(eachOperation(DocumentChecks::isPost)),
  /** An operation without an operationId is no tool. */
  EVERY_OPERATION_HAS_AN_OPERATION_ID(eachOperation(DocumentChecks::hasId)),
  /** The name a model sees is the operationId, unchanged. */
  OPERATION_IDS_ARE_ACCEPTED_BY_MODEL_APIS(eachOperation(DocumentChecks::idIsAccepted)),
  /** Of two operations with one id only the first is called. */
  OPERATION_IDS_ARE_UNIQUE(DocumentChecks::uniqueIds),
  /** A present but empty description is kept empty. */
  DESCRIPTIONS_ARE_NOT_EMPTY(eachOperation(DocumentChecks::hasDescription)),
  /** Other media types of the request body are not read. */
  BODIES_ARE_JSON(eachOperation(DocumentChecks::bodyIsJson)),
  /** The body is an object with an explicit type and properties, if only {@code {}}. */
  BODIES_ARE_OBJECTS_WITH_PROPERTIES(eachBody(SchemaChecks::isObjectWithProperties)),
  /** Versions up to 0.6.32 do not send a call without arguments where a body is declared. */
  BODIES_HAVE_ARGUMENTS(eachBody(SchemaChecks::hasArguments)),
  /** One name that a provider refuses costs the whole chat. */
  PROPERTY_NAMES_ARE_ACCEPTED_BY_MODEL_APIS(eachSchema(SchemaChecks::hasAcceptedNames)),
  /** Gemini refuses the whole chat for a number, a boolean or an empty text in an enum. */
  ENUMS_HOLD_TEXTS_WITH_CHARACTERS(eachSchema(SchemaChecks::enumHoldsTexts)),
  /** References elsewhere than to components become strings, their siblings are lost. */
  SCHEMAS_HAVE_NO_REFERENCES(eachSchema(SchemaChecks::hasNoReference)),
  /** One {@code true} as a sub-schema costs all tools. */
  SCHEMAS_ARE_NOT_BOOLEAN(eachSchema(SchemaChecks::isObject)),
  /** A schema without a type becomes a string. */
  SCHEMAS_HAVE_A_TYPE_OR_ANY_OF(eachSchema(SchemaChecks::isTyped)),
  /** Several types are written as {@code anyOf}. */
  TYPES_ARE_SINGLE(eachSchema(SchemaChecks::hasSingleType)),
  /** "Or null" is written as "not required". */
  NO_TYPE_IS_NULL(eachSchema(SchemaChecks::isNotNull)),
  /** What is not walked is lost. */
  ONLY_KEYWORDS_THAT_SURVIVE(eachSchema(SchemaChecks::hasOnlySafeKeywords)),
  /** Objects at any depth say which properties they have, if only {@code {}}. */
  OBJECTS_HAVE_PROPERTIES(eachSchema(SchemaChecks::objectHasProperties)),
  /** Model APIs refuse an array without items. */
  ARRAYS_HAVE_ITEMS(eachSchema(SchemaChecks::arrayHasItems)),
  /** A single alternative is merged into its parent. */
  ANY_OF_HAS_ALTERNATIVES(eachSchema(SchemaChecks::anyOfHasAlternatives)),
  /** An empty enumeration accepts nothing. */
  ENUMS_HAVE_VALUES(eachSchema(SchemaChecks::enumHasValues)),
  /** Model APIs refuse a required name that is not declared. */
  REQUIRED_NAMES_ARE_DECLARED(eachSchema(SchemaChecks::requiredIsDeclared)),
  /** The page drops {@code enum}; the description still says the values. */
  ENUMS_ARE_TOLD_IN_DESCRIPTIONS(eachSchema(SchemaChecks::tellsEnum)),
  /** The page drops {@code default}. */
  DEFAULTS_ARE_TOLD_IN_DESCRIPTIONS(eachSchema(SchemaChecks::tellsDefault)),
  /** The page drops ranges. */
  RANGES_ARE_TOLD_IN_DESCRIPTIONS(eachSchema(SchemaChecks::tellsRange)),
  /** The page drops {@code format}. */
  FORMATS_ARE_TOLD_IN_DESCRIPTIONS(eachSchema(SchemaChecks::tellsFormat));

  private final Function<JsonNode, List<Violation>> check;

  DocumentRule(Function<JsonNode, List<Violation>> check) {
    this.check = check;
  }

  /** The places of this document that break the rule. */
  public List<Violation> violations(JsonNode document) {
    return check.apply(document);
  }
}
