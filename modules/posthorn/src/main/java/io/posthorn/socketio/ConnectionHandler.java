package io.posthorn.socketio;

/** What an application does with a socket that has connected: gives it its handlers. As {@link EventHandler}. */
@FunctionalInterface
public interface ConnectionHandler {
    /**
     * A socket is there. No event of it is handled before this has returned.
     *
     * @throws Exception anything; it is counted and given to {@link Socket#onError}, and the connection lives
     */
    void onConnection(Socket socket) throws Exception;
}
