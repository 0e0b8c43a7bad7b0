package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One tool as a model is offered it.
 *
 * @param name the operationId, unchanged
 * @param description may be empty or null, as in the document
 * @param parameters what is left of the body's JSON Schema after the version's conversion
 */
public record ModelTool(String name, String description, ObjectNode parameters) {}
