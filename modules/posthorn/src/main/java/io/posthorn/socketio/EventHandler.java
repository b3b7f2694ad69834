package io.posthorn.socketio;

import io.posthorn.loop.HandlerThread;

/**
 * What an application does with an event.
 *
 * <p>Handlers of one socket run in order and never two at once; those of different sockets may run at the same time. A
 * handler begins on the socket's event loop. When it was seen to wait or block there it is moved for good, with all handlers
 * of its class, to a thread that may block: a virtual one where the JVM has them. {@link #blocking} and {@link #onLoop} say so
 * beforehand, and {@link SocketIoOptions#withHandlers} for all handlers of a server.
 */
@FunctionalInterface
public interface EventHandler {
    /**
     * Handles one event.
     *
     * @throws Exception anything; it is counted and given to {@link Socket#onError}, and the connection lives
     */
    void onEvent(Event event) throws Exception;

    /** A handler that may block: it never runs on an event loop. */
    static EventHandler blocking(EventHandler handler) {
        return new PlacedHandler(handler, HandlerThread.BLOCKING);
    }

    /** A handler that stays on the event loop, whatever it is seen to do there. */
    static EventHandler onLoop(EventHandler handler) {
        return new PlacedHandler(handler, HandlerThread.LOOP);
    }
}
