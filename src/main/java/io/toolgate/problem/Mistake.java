package io.toolgate.problem;

/**
 * One mistake in a JSON document, and its place.
 *
 * @param pointer JSON Pointer (RFC 6901) into the document; empty for the document itself
 * @param detail what is wrong there, in words that name the expected value
 */
public record Mistake(String pointer, String detail) {}
