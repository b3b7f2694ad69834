package io.posthorn.websocket;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpResponse;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Serves WebSockets on one route: answers handshakes, and hands the connections that come of them over. */
final class WebSocketRoute implements HttpHandler {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final WebSockets webSockets;
    private final WebSocketOptions options;
    private final Consumer<WebSocket> onConnection;
    private final AtomicBoolean failureLogged;

    WebSocketRoute(WebSockets webSockets, WebSocketOptions options, Consumer<WebSocket> onConnection) {
        this(webSockets, options, onConnection, new AtomicBoolean());
    }

    /** With a mark, maybe shared with others, of whether a failure was logged. */
    WebSocketRoute(
            WebSockets webSockets,
            WebSocketOptions options,
            Consumer<WebSocket> onConnection,
            AtomicBoolean failureLogged) {
        this.webSockets = webSockets;
        this.options = options;
        this.onConnection = onConnection;
        this.failureLogged = failureLogged;
    }

    @Override
    public void handle(HttpExchange exchange) {
        accept(exchange, new Acceptance(exchange.loop(), List.of()));
    }

    /** Answers a handshake, and moves the connection that comes of it to its home. */
    void accept(HttpExchange exchange, Acceptance how) {
        if (webSockets.isClosing()) {
            webSockets.counters().refusedHandshakes.increment();
            exchange.respond(HttpResponse.text(SERVICE_UNAVAILABLE, "The server is shutting down.\n"));
            how.onSettled().run();
            return;
        }
        Handshake.Outcome outcome = Handshake.answer(exchange, options);
        if (!outcome.accepted()) {
            webSockets.counters().refusedHandshakes.increment();
            exchange.respond(outcome.response());
            how.onSettled().run();
            return;
        }
        HttpResponse response = outcome.response();
        for (Map.Entry<String, String> header : how.headers()) {
            response = response.header(header.getKey(), header.getValue());
        }
        WebSocketHandshake handshake = new WebSocketHandshake(
                exchange.request(),
                exchange.pathParameters(),
                outcome.subprotocol(),
                response.header("Sec-WebSocket-Extensions").orElse(""),
                Handshake.headText(response));
        WebSocketHandler handler = new WebSocketHandler(this, how.home(), handshake, outcome.deflate());
        if (how.home() == exchange.loop()) {
            exchange.upgrade(response, handler);
            how.onSettled().run();
        } else {
            webSockets.departs(exchange);
            exchange.upgrade(response, how.home(), handler, () -> {
                webSockets.arrived(exchange);
                how.onSettled().run();
            });
        }
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
