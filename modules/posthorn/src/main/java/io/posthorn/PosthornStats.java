package io.posthorn;

import io.posthorn.engineio.EngineStats;
import io.posthorn.feed.FeedStats;
import io.posthorn.http.HttpStats;
import io.posthorn.socketio.SocketIoStats;
import io.posthorn.websocket.WebSocketStats;

/**
 * What a {@link Posthorn} has counted since it was made.
 *
 * @param http connections, requests, answers, refusals
 * @param webSocket connections, messages, violations
 * @param feed readers by transport, messages, gaps
 * @param engineIo sessions, upgrades, refusals, of all Engine.IO servers together, those below Socket.IO too
 * @param socketIo sockets, packets, refusals, of all Socket.IO servers together
 */
public record PosthornStats(
        HttpStats http, WebSocketStats webSocket, FeedStats feed, EngineStats engineIo, SocketIoStats socketIo) {}
