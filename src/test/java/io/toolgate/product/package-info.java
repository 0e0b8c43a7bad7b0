/** The packaged product under test, started as a process of its own as users start it. */
package io.toolgate.product;
