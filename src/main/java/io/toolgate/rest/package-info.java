/**
 * The OpenAPI door: tool calls, the documents and their pages, listings and health. Translates
 * between HTTP and the stages behind it, and decides nothing itself.
 */
package io.toolgate.rest;
