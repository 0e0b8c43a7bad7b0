/**
 * The JSON Schemas of tools, as their authors mean them: which keywords count, and what they hold.
 * {@link io.toolgate.schema.MeantSchema} is what everybody else reads.
 */
package io.toolgate.schema;
