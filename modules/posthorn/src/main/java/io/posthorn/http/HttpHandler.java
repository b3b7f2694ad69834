package io.posthorn.http;

import io.posthorn.loop.OnLoop;

/** Answers requests. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Handles one request, whose body is complete. Called on the connection's loop: it must not block, but it may hand
     * the exchange to another thread and return; the answer may come later, from any thread.
     *
     * @param exchange the request and the way to answer it
     * @throws Exception anything; it is logged, and answered with 500 where no answer was given yet
     */
    void handle(HttpExchange exchange) throws Exception;

    /**
     * Hears of a request whose head has come and whose body has not come with it, for handlers that must know of it before
     * it is complete. Called on the connection's loop.
     *
     * @param head the request without its body
     * @return run once on that loop: right before {@link #handle} is called, or when it is certain that it will not be
     */
    @OnLoop
    default Runnable announce(HttpRequest head) {
        return () -> {};
    }

    /** A handler that may block: it is run on a thread for that, never on the loop. */
    static HttpHandler blocking(HttpHandler handler) {
        return exchange -> exchange.handOver(handler);
    }
}
