package io.posthorn.engineio;

import io.posthorn.http.HttpRequest;

/** Decides who may have a session. */
@FunctionalInterface
public interface AllowRequest {
    /**
     * Looks at a handshake that breaks no rule. Called on a thread that may block.
     *
     * @throws Exception anything; it is logged once, and the client refused
     */
    Admission allow(HttpRequest handshake) throws Exception;
}
