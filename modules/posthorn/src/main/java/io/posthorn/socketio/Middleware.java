package io.posthorn.socketio;

/**
 * Stands between a client that asks for a namespace and its connection: looks at the {@link Socket#handshake} and goes on or
 * refuses. As {@link EventHandler}.
 */
@FunctionalInterface
public interface Middleware {
    /**
     * Decides about one socket, which cannot be sent anything yet. Where neither method of {@code next} is ever called, the
     * client waits until it gives up.
     *
     * @param next goes on or refuses, now or later, from any thread
     * @throws Exception a {@link RefusedException} refuses with its words; anything else refuses without telling why, and goes
     *     to {@link SocketIo#onError}
     */
    void handle(Socket socket, Next next) throws Exception;
}
