package io.posthorn.websocket;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.UserThreads;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What all WebSockets of one server share: counters, threads for blocking handlers, and the list of who is there. */
public final class WebSockets {
    private static final String CLOSING = "the server is shutting down";

    private final EventLoops loops;
    private final UserThreads threads;
    private final WebSocketCounters counters = new WebSocketCounters();
    private final Set<WebSocketConnection> open = ConcurrentHashMap.newKeySet();
    /** Handshakes that were accepted, and whose connections have not come to their home yet. */
    private final Set<HttpExchange> moving = ConcurrentHashMap.newKeySet();

    private final AtomicLong ids = new AtomicLong();
    private final AtomicBoolean acceptedFailureLogged = new AtomicBoolean();
    private volatile boolean closing;

    /** The WebSockets of a server that runs on these loops, with these threads for handlers that block. */
    public WebSockets(EventLoops loops, UserThreads threads) {
        this.loops = loops;
        this.threads = threads;
    }

    /**
     * What serves WebSockets on a route.
     *
     * @param onConnection called for each connection before anything is received from it, on its loop, or on a thread
     *     that may block where the options say so
     */
    public HttpHandler route(WebSocketOptions options, Consumer<WebSocket> onConnection) {
        WebSocketRoute route = new WebSocketRoute(this, options, new AtomicBoolean(), true);
        return exchange -> route.accept(
                exchange, exchange.pathParameters(), new Acceptance(exchange.loop(), List.of()), onConnection);
    }

    /** What accepts handshakes for code that looks at the requests itself, and sees to it who is still there. */
    public WebSocketAcceptor acceptor(WebSocketOptions options) {
        return new WebSocketAcceptor(new WebSocketRoute(this, options, acceptedFailureLogged, false));
    }

    /** What was counted so far. */
    public WebSocketStats stats() {
        return counters.snapshot();
    }

    /**
     * Closes every WebSocket with 1001 and waits until all are gone, as long as the deadline at most; what is left then
     * is cut. Handshakes that come meanwhile are refused with 503. Not to be called on a loop.
     */
    public void close(Duration deadline) {
        closing = true;
        long end = System.nanoTime() + deadline.toNanos();
        // A handshake that was let in just before is in the list when its loop's turn has ended.
        loops.awaitTurn(deadline);
        open.forEach(connection -> connection.execute(() -> connection.close(CloseCode.GOING_AWAY, CLOSING)));
        if (!awaitNone(end)) {
            open.forEach(connection -> connection.execute(connection::cut));
            moving.forEach(HttpExchange::cut);
        }
    }

    boolean isClosing() {
        return closing;
    }

    WebSocketCounters counters() {
        return counters;
    }

    UserThreads threads() {
        return threads;
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    void opened(WebSocketConnection connection) {
        counters.opened.increment();
        open.add(connection);
        if (closing) {
            connection.execute(() -> connection.close(CloseCode.GOING_AWAY, CLOSING));
        }
    }

    void gone(WebSocketConnection connection) {
        counters.closed.increment();
        open.remove(connection);
        oneLess();
    }

    /** A connection is on its way to its home. */
    void departs(HttpExchange exchange) {
        moving.add(exchange);
    }

    /** It is there, and opened, or was lost. */
    void arrived(HttpExchange exchange) {
        moving.remove(exchange);
        oneLess();
    }

    private synchronized void oneLess() {
        notifyAll();
    }

    private boolean isNoneLeft() {
        return moving.isEmpty() && open.isEmpty(); // in this order, since what arrives is in both for a moment
    }

    private synchronized boolean awaitNone(long endNanoTime) {
        try {
            long left = endNanoTime - System.nanoTime();
            while (!isNoneLeft() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = endNanoTime - System.nanoTime();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return isNoneLeft();
    }
}
