package io.posthorn.websocket;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpResponse;
import io.posthorn.loop.HandlerQueue;
import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Serves WebSockets on one route: answers handshakes, and hands the connections that come of them over. */
final class WebSocketRoute {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final WebSockets webSockets;
    private final WebSocketOptions options;
    private final AtomicBoolean failureLogged;
    private final boolean watchesSilence;

    /**
     * A route.
     *
     * @param failureLogged whether a failure was logged; may be shared with others
     * @param watchesSilence whether a connection is asked, and given up, that nothing is heard of
     */
    WebSocketRoute(
            WebSockets webSockets, WebSocketOptions options, AtomicBoolean failureLogged, boolean watchesSilence) {
        this.webSockets = webSockets;
        this.options = options;
        this.failureLogged = failureLogged;
        this.watchesSilence = watchesSilence;
    }

    /** Answers a handshake, and moves the connection that comes of it to its home. */
    @OnLoop
    void accept(
            HttpExchange exchange,
            Map<String, String> pathParameters,
            Acceptance how,
            Consumer<WebSocket> onConnection) {
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
        HttpResponse response = Handshake.with(outcome.response(), how.headers());
        WebSocketHandshake handshake =
                new WebSocketHandshake(exchange.request(), pathParameters, outcome.agreed(), how.headers());
        WebSocketHandler handler =
                new WebSocketHandler(this, how.home(), handshake, onConnection, exchange.departure());
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

    /** The queue of a connection whose handlers may block; null where they run on the loop. */
    @Nullable
    HandlerQueue queue(HandlerQueue.Drained drained) {
        boolean blocking = options.handlerThread() == WebSocketOptions.HandlerThread.BLOCKING;
        return blocking ? new HandlerQueue(webSockets.threads(), drained) : null;
    }

    boolean watchesSilence() {
        return watchesSilence;
    }

    /** Whether a handler's failure is to be logged: the first of this route is, the others are counted. */
    boolean isFirstFailure() {
        return failureLogged.compareAndSet(false, true);
    }
}
