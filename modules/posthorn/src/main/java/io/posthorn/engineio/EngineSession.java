package io.posthorn.engineio;

import io.posthorn.http.HttpRequest;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Burst;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox;
import io.posthorn.transport.TransportType;

/**
 * One client's session, whatever transport it has just now. It lives on its home loop, that of the handshake's connection;
 * what is not {@code OnLoop} may be called from any thread.
 */
public final class EngineSession {
    private final Session session;
    private final Outgoing outgoing;

    EngineSession(Session session, Outgoing outgoing) {
        this.session = session;
        this.outgoing = outgoing;
    }

    /** The id, by which the client has the session: a secret between the two. */
    public String id() {
        return session.id();
    }

    /** The home loop. */
    public Loop loop() {
        return session.loop();
    }

    /** The handshake's request. */
    public HttpRequest request() {
        return session.request();
    }

    /** The transport that it has: {@link TransportType#LONG_POLLING} or {@link TransportType#WEB_SOCKET}. */
    public TransportType transport() {
        return session.type();
    }

    /** Whether messages can be sent. */
    public boolean isOpen() {
        return session.isOpen();
    }

    /**
     * Takes a message, whose text holds the packet's type; it leaves with the next {@link #flush}. Once the session has
     * ended nothing happens. During an upgrade a volatile one is dropped.
     */
    @OnLoop
    public void offer(Message message, Outbox.Delivery delivery) {
        session.offer(message, delivery);
    }

    /**
     * Sends messages that others get too, at once, where nothing waits before them and the transport can do so.
     *
     * @return false where nothing was done, and each message is to be offered
     */
    @OnLoop
    public boolean offer(Burst burst) {
        return outgoing.offer(burst);
    }

    /** Whether bursts may be sent at once, as they may in the beginning. */
    @OnLoop
    public void openToBursts(boolean isOpen) {
        outgoing.openToBursts(isOpen);
    }

    /** Sends what was offered. */
    @OnLoop
    public void flush() {
        session.flush();
    }

    /** Sends what was offered, once, at the end of the loop's turn. */
    @OnLoop
    public void flushLater() {
        session.flushLater();
    }

    /** Ends the session as {@link SessionCloseReason#FORCED_CLOSE}: what was offered before is still sent. */
    @OnLoop
    public void close() {
        session.close();
    }

    /** Ends the session for a reason; what waits is forgotten. */
    @OnLoop
    public void fail(SessionCloseReason reason, String description) {
        session.fail(reason, description);
    }

    /**
     * Takes nothing more from the client, which is not held to its pongs meanwhile, up to {@link EngineTimings#maxPause}.
     * Over WebSocket a rest may still come, of what was read already.
     */
    @OnLoop
    public void pauseReading() {
        session.pauseReading();
    }

    /** Goes on with what the client has sent. */
    @OnLoop
    public void resumeReading() {
        session.resumeReading();
    }

    @Override
    public String toString() {
        return "session by " + session.type();
    }
}
