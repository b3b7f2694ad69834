package io.posthorn.engineio;

import io.posthorn.http.HttpExchange;

/** Sees every request of an {@link EngineIo} before anything else does. */
@FunctionalInterface
public interface EngineMiddleware {
    /**
     * Lets a request on, or answers it. Called on the connection's loop: it must not block, but may go on later, on any
     * thread.
     *
     * @param next to be called once, unless the exchange is answered here
     * @throws Exception anything; the request is refused as by {@link Next#fail}
     */
    void handle(HttpExchange exchange, Next next) throws Exception;

    /** The way on; from any thread. What is called second does nothing. */
    interface Next {
        /** To the next middleware, or to the session. */
        void proceed();

        /** Refuses the request with code 3. */
        void fail(Throwable cause);
    }
}
