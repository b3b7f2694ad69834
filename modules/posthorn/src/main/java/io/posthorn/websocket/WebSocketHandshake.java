package io.posthorn.websocket;

import io.posthorn.http.HttpRequest;

import java.util.Map;
import java.util.Optional;

/**
 * How a connection began. Immutable, for all threads.
 *
 * @param request what the client asked: its headers, query, path and address
 * @param pathParameters the values of the route's pattern, read by {@link #pathParameter}
 * @param subprotocol the one that was agreed on
 * @param extensions what was agreed on, as in {@code Sec-WebSocket-Extensions}; empty where nothing was
 * @param responseHead the answer's status line and headers, lines ended by LF, for showing
 */
public record WebSocketHandshake(
        HttpRequest request,
        Map<String, String> pathParameters,
        Optional<String> subprotocol,
        String extensions,
        String responseHead) {

    /** What the path has in a place of the route's pattern: for {@code /chat/{room}} the {@code room}. */
    public Optional<String> pathParameter(String name) {
        return Optional.ofNullable(pathParameters.get(name));
    }
}
