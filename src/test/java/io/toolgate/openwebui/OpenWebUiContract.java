package io.toolgate.openwebui;

/**
 * All that Open WebUI expects of an OpenAPI tool server, one test per rule, against a running
 * product.
 *
 * <p>A subclass says where the product runs and names a few tools to call; the rules themselves
 * stand in the interfaces, one for each step of a tool's way: the document, its tools, calls,
 * answers, and what a browser adds to all of them.
 */
public abstract class OpenWebUiContract
    implements DocumentContract, ToolsContract, CallContract, AnswerContract, CorsContract {}
