package io.posthorn;

import io.posthorn.http.HttpStats;
import io.posthorn.websocket.WebSocketStats;

/**
 * What a {@link Posthorn} has counted since it was made.
 *
 * @param http connections, requests, answers, refusals
 * @param webSocket connections, messages, violations
 */
public record PosthornStats(HttpStats http, WebSocketStats webSocket) {}
