package io.posthorn.websocket;

import io.posthorn.http.HttpExchange;
import io.posthorn.loop.OnLoop;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Accepts handshakes as a route does, for code that has looked at the request itself: its path parameters are not kept. Safe
 * for all loops.
 */
public final class WebSocketAcceptor {
    private final WebSocketRoute route;

    WebSocketAcceptor(WebSocketRoute route) {
        this.route = route;
    }

    /**
     * Answers a handshake: with an error where it is none, else with 101. The connection moves to its home first; what the
     * client sends meanwhile waits. Called on the exchange's loop.
     *
     * @param onConnection called on the home loop, before anything is received; never where the client leaves before
     * @throws IllegalStateException where the exchange is answered already
     */
    @OnLoop
    public void accept(HttpExchange exchange, Acceptance how, Consumer<WebSocket> onConnection) {
        route.accept(exchange, Map.of(), how, onConnection);
    }
}
