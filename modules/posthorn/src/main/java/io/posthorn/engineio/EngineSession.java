package io.posthorn.engineio;

import io.posthorn.http.HttpRequest;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox;
import io.posthorn.transport.TransportType;

/**
 * One client's session, whatever transport it has just now. It lives on its home loop, that of the handshake's connection;
 * what is not {@code OnLoop} may be called from any thread.
 */
public final class EngineSession {
    private final String id;
    private final Loop loop;
    private final HttpRequest request;

    EngineSession(String id, Loop loop, HttpRequest request) {
        this.id = id;
        this.loop = loop;
        this.request = request;
    }

    /** The id, by which the client has the session: a secret between the two. */
    public String id() {
        return id;
    }

    /** The home loop. */
    public Loop loop() {
        return loop;
    }

    /** The handshake's request. */
    public HttpRequest request() {
        return request;
    }

    /** The transport that it has: {@link TransportType#LONG_POLLING} or {@link TransportType#WEB_SOCKET}. */
    public TransportType transport() {
        return TransportType.LONG_POLLING;
    }

    /** Whether messages can be sent. */
    public boolean isOpen() {
        return false;
    }

    /**
     * Takes a message, whose text holds the packet's type; it leaves with the next {@link #flush}. Once the session has
     * ended nothing happens.
     */
    @OnLoop
    public void offer(Message message, Outbox.Delivery delivery) {}

    /** Sends what was offered. */
    @OnLoop
    public void flush() {}

    /** Sends what was offered, once, at the end of the loop's turn. */
    @OnLoop
    public void flushLater() {}

    /** Ends the session as {@link SessionCloseReason#FORCED_CLOSE}: what was offered before is still sent. */
    @OnLoop
    public void close() {}

    /** Ends the session for a reason; what waits is forgotten. */
    @OnLoop
    public void fail(SessionCloseReason reason, String description) {}

    /**
     * Reads nothing more from the client, which is not held to its pongs meanwhile, up to {@link EngineTimings#maxPause}. A
     * rest of what was read already may still come, over WebSocket.
     */
    @OnLoop
    public void pauseReading() {}

    /** Reads again. */
    @OnLoop
    public void resumeReading() {}
}
