package io.toolgate.upstream;

/**
 * Fired when the tools or the state of any upstream changed; who needs the new ones asks {@link
 * Upstreams}.
 */
public record ToolsChanged() {}
