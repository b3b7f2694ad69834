package io.posthorn.socketio;

/** What an application does about a socket's end. As {@link EventHandler}: it runs after the socket's earlier events. */
@FunctionalInterface
public interface DisconnectHandler {
    /**
     * The socket has ended.
     *
     * @param reason why
     * @param description what is known beyond the reason, for logs; may be empty
     * @throws Exception anything; it is counted and given to {@link Socket#onError}
     */
    void onDisconnect(DisconnectReason reason, String description) throws Exception;
}
