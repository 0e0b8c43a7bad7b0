/** Bytes that people and programs wrote to text, the same way wherever Toolgate reads some. */
package io.toolgate.text;
