/** What a proven caller may see and use. */
package io.toolgate.policy;
