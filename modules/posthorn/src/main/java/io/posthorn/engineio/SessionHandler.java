package io.posthorn.engineio;

import io.posthorn.loop.OnLoop;

/** Is given the sessions of an {@link EngineIo}. */
@FunctionalInterface
public interface SessionHandler {
    /**
     * A session has opened: its handshake is sent, and nothing was received yet. What is offered to it now leaves behind
     * the handshake: at once by WebSocket, else with the next poll. Called on the session's home loop.
     *
     * @return what hears of the session from now on
     */
    @OnLoop
    SessionListener onOpen(EngineSession session);
}
