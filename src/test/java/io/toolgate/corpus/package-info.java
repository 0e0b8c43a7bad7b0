/** The recorded tool lists of real servers, served and called. */
package io.toolgate.corpus;
