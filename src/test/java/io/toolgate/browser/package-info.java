/** Pages in a real browser: what a document alone cannot show. */
package io.toolgate.browser;
