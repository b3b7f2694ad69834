package io.posthorn.socketio;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A server with Socket.IO at {@code /socket.io/}, on two loops; its owner closes it. */
final class SocketIoServer implements AutoCloseable {
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(15);

    private final Posthorn posthorn;
    private final SocketIo io;
    private final int port;

    SocketIoServer() {
        this(SocketIoOptions.defaults());
    }

    SocketIoServer(SocketIoOptions options) {
        this(PosthornOptions.defaults().withLoops(2), options);
    }

    SocketIoServer(PosthornOptions server, SocketIoOptions options) {
        posthorn = Posthorn.create(server.withCloseDeadline(CLOSE_DEADLINE));
        io = posthorn.socketIo("/socket.io/", options);
        try {
            port = posthorn.listen("127.0.0.1", 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Posthorn posthorn() {
        return posthorn;
    }

    SocketIo io() {
        return io;
    }

    int port() {
        return port;
    }

    /** A client over WebSocket that is in no namespace yet. */
    WireClient client() {
        return new WireClient(port, "/socket.io/?EIO=4&transport=websocket");
    }

    /** A client over WebSocket that is in the main namespace. */
    WireClient connected() {
        WireClient client = client();
        client.join("");
        return client;
    }

    /** A client over long polling that is in no namespace yet. */
    PollClient pollClient() {
        return new PollClient(port, "/socket.io/?EIO=4&transport=polling");
    }

    @Override
    public void close() {
        posthorn.close();
    }
}
