package io.posthorn.socketio;

/** What an application does with an event of which it wants the first argument only; as {@link EventHandler}. */
@FunctionalInterface
public interface ArgumentHandler<T> {
    /**
     * Handles one event.
     *
     * @throws Exception anything; it is counted and given to {@link Socket#onError}, and the connection lives
     */
    void onArgument(T argument) throws Exception;
}
