package io.posthorn.engineio;

import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Message;
import io.posthorn.transport.TransportType;

/** One of the two ways between a session and its client: polls and POSTs, or a WebSocket. On the session's home loop. */
@OnLoop
sealed interface SessionTransport permits Polling, WebSocketLink {
    /** Which of the two. */
    TransportType type();

    /** Takes nothing more from the client; a rest of what was read already may still come. */
    void pauseReading();

    /** Goes on with what has come, and with what will. */
    void resumeReading();

    /**
     * The session has ended: so does this.
     *
     * @param lastWord what a poll that waits is answered
     */
    void end(Message lastWord);
}
