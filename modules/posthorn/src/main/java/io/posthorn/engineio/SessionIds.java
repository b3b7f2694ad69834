package io.posthorn.engineio;

import io.posthorn.http.HttpRequest;

import java.util.concurrent.CompletionStage;

/** Makes the ids of sessions. Whoever knows an id has the session: it must not be guessed, nor handed on. */
@FunctionalInterface
public interface SessionIds {
    /**
     * An id for a new session. Called on the connection's loop: it must not block. A failure, an id that is in use, and one
     * that is not 1 to 128 visible ASCII characters, refuse the handshake with code 3.
     */
    CompletionStage<String> next(HttpRequest handshake);
}
