package io.posthorn.feed;

import io.posthorn.http.HttpExchange;

/** Says who may publish over HTTP. */
@FunctionalInterface
public interface PublishAuthorizer {
    /**
     * Whether a request may publish what it brings. Called on a thread that may block, before anything is published.
     *
     * @param exchange the request, to look at; the answer is not the authorizer's
     * @throws Exception anything; it is logged and answered with 500, and nothing is published
     */
    boolean mayPublish(HttpExchange exchange) throws Exception;

    /** Everyone who can reach the feed: for tests and closed networks. */
    static PublishAuthorizer anyone() {
        return Anyone.INSTANCE;
    }

    /** Known by name, since it needs no thread that may block. */
    enum Anyone implements PublishAuthorizer {
        /** The only one. */
        INSTANCE;

        @Override
        public boolean mayPublish(HttpExchange exchange) {
            return true;
        }
    }
}
