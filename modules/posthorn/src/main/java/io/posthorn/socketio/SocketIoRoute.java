package io.posthorn.socketio;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** What a Socket.IO server's path serves: the official client's files, and all else is Engine.IO's. */
final class SocketIoRoute implements HttpHandler {
    private final HttpHandler engine;
    private final String path;
    private final @Nullable ClientFiles client;

    /**
     * A path with what is below it.
     *
     * @param client null is to serve none
     */
    SocketIoRoute(HttpHandler engine, String path, @Nullable ClientFiles client) {
        this.engine = engine;
        this.path = path;
        this.client = client;
    }

    @Override
    public void handle(HttpExchange exchange) throws Exception {
        if (client != null && exchange.path().startsWith(path)) {
            String name = exchange.path().substring(path.length());
            if (client.serves(name)) {
                exchange.respond(client.answer(exchange));
                return;
            }
        }
        engine.handle(exchange);
    }

    @Override
    public Runnable announce(HttpRequest head) {
        return engine.announce(head);
    }
}
