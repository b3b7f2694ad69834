package io.posthorn.websocket;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpResponse;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Serves WebSockets on one route: answers handshakes, and hands the connections that come of them over. */
final class WebSocketRoute implements HttpHandler {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final WebSockets webSockets;
    private final WebSocketOptions options;
    private final Consumer<WebSocket> onConnection;
    private final AtomicBoolean failureLogged = new AtomicBoolean();

    WebSocketRoute(WebSockets webSockets, WebSocketOptions options, Consumer<WebSocket> onConnection) {
        this.webSockets = webSockets;
        this.options = options;
        this.onConnection = onConnection;
    }

    @Override
    public void handle(HttpExchange exchange) {
        if (webSockets.isClosing()) {
            webSockets.counters().refusedHandshakes.increment();
            exchange.respond(HttpResponse.text(SERVICE_UNAVAILABLE, "The server is shutting down.\n"));
            return;
        }
        Handshake.Outcome outcome = Handshake.answer(exchange, options);
        if (!outcome.accepted()) {
            webSockets.counters().refusedHandshakes.increment();
            exchange.respond(outcome.response());
            return;
        }
        WebSocketHandshake handshake = new WebSocketHandshake(
                exchange.request(),
                exchange.pathParameters(),
                outcome.subprotocol(),
                outcome.response().header("Sec-WebSocket-Extensions").orElse(""),
                Handshake.headText(outcome.response()));
        exchange.upgrade(outcome.response(), new WebSocketHandler(this, exchange.loop(), handshake, outcome.deflate()));
    }

    WebSockets webSockets() {
        return webSockets;
    }

    WebSocketOptions options() {
        return options;
    }

    void onConnection(WebSocket webSocket) {
        onConnection.accept(webSocket);
    }

    /** Whether a handler's failure is to be logged: the first of this route is, the others are counted. */
    boolean isFirstFailure() {
        return failureLogged.compareAndSet(false, true);
    }
}
