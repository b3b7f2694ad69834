package io.posthorn.http;

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

    /** A handler that may block: it is run on a thread for that, never on the loop. */
    static HttpHandler blocking(HttpHandler handler) {
        return exchange -> exchange.handOver(handler);
    }
}
