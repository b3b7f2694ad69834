package io.posthorn.feed;

import io.posthorn.http.HttpExchange;

/** Says who may read a feed. */
@FunctionalInterface
public interface ReadAuthorizer {
    /**
     * Whether a request may read, over whatever transport it asks for. Called on a thread that may block, once for each
     * poll, stream and WebSocket, before the feed is made or anything is answered. Where it says no, the answer is 403.
     *
     * @param exchange the request, to look at; the answer is not the authorizer's
     * @throws Exception anything; it is logged and answered with 500, and nothing is read
     */
    boolean mayRead(HttpExchange exchange) throws Exception;
}
