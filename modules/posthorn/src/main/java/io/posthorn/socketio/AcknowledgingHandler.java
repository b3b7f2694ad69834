package io.posthorn.socketio;

/** What an application does with an event that it acknowledges; as {@link EventHandler}. */
@FunctionalInterface
public interface AcknowledgingHandler<T> {
    /**
     * Handles one event.
     *
     * @param argument the event's first
     * @param ack sends nothing where the client wants no acknowledgement
     * @throws Exception anything; it is counted and given to {@link Socket#onError}, and the connection lives
     */
    void onArgument(T argument, Ack ack) throws Exception;
}
