/**
 * Engine.IO, revision 4: sessions over HTTP long polling and WebSocket, with heartbeats, and the upgrade from the one to the
 * other.
 *
 * <p>An {@link io.posthorn.engineio.EngineIo} serves a path as {@link io.posthorn.engineio.EngineOptions} say. {@link
 * io.posthorn.engineio.EngineRequests} looks at each request, {@link io.posthorn.engineio.Handshakes} decides who gets a
 * session, {@link io.posthorn.engineio.Sessions} knows them all. A {@link io.posthorn.engineio.Session} lives on one loop,
 * with its {@link io.posthorn.engineio.Polling} or its {@link io.posthorn.engineio.WebSocketLink}, what it sends in {@link
 * io.posthorn.engineio.Outgoing}, and a heartbeat of {@link io.posthorn.engineio.Heartbeats}; an {@link
 * io.posthorn.engineio.Upgrade} takes it from the one to the other. {@link io.posthorn.engineio.PayloadReader} and {@link
 * io.posthorn.engineio.PayloadForm} are how packets stand in a poll's bodies.
 *
 * <p>The layer above gives a {@link io.posthorn.engineio.SessionHandler}, and gets an {@link
 * io.posthorn.engineio.EngineSession} for each client; applications without such a layer get an {@link
 * io.posthorn.engineio.EngineSocket}.
 */
@NullMarked
package io.posthorn.engineio;

import org.jspecify.annotations.NullMarked;
