/** MCP results to the JSON that REST callers get. */
package io.toolgate.result;
