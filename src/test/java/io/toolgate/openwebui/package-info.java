/**
 * A client that behaves as Open WebUI does towards an OpenAPI tool server, with its losses and its
 * quirks, so that tests see what an administrator, a user and a model would see.
 *
 * <p>{@link io.toolgate.openwebui.OldBackend} and {@link io.toolgate.openwebui.NewBackend} are the
 * Python backend of 0.6.x and 0.11.x (an administrator's global tool server), {@link
 * io.toolgate.openwebui.Browser} is the page (a user's own tool server). All three {@code connect},
 * which gives a {@link io.toolgate.openwebui.Connection} with the tools a model is offered and a
 * way to call them. {@link io.toolgate.openwebui.ModelApi} and {@link
 * io.toolgate.openwebui.DocumentRule} say what is wrong and where; {@link
 * io.toolgate.openwebui.OpenWebUiContract} is the test of a running product.
 *
 * <p>Where versions differ in what they forgive, the client forgives less: it follows no redirect
 * and accepts no document but a JSON object with {@code paths}.
 */
package io.toolgate.openwebui;
