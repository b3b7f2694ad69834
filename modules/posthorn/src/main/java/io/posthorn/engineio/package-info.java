/**
 * Engine.IO, revision 4: sessions over HTTP long polling and WebSocket, with heartbeats, and the upgrade from the one to the
 * other.
 *
 * <p>An {@link io.posthorn.engineio.EngineIo} serves a path as {@link io.posthorn.engineio.EngineOptions} say. The layer
 * above gives it a {@link io.posthorn.engineio.SessionHandler} and gets an {@link io.posthorn.engineio.EngineSession} for
 * each client.
 */
@NullMarked
package io.posthorn.engineio;

import org.jspecify.annotations.NullMarked;
