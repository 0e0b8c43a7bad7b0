/**
 * The immutable snapshot of all tools, and the OpenAPI documents made from it. A snapshot is
 * swapped whole; readers never see half of a change.
 */
package io.toolgate.catalog;
