package io.posthorn.transport;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpOptions;
import io.posthorn.http.HttpServer;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.loop.UserThreads;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketOptions;
import io.posthorn.websocket.WebSockets;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/** A server with one loop; a test gives each request its transport. */
final class TransportServer implements AutoCloseable {
    private final EventLoops loops;
    private final UserThreads threads = new UserThreads();
    private final WebSockets webSockets;
    private final HttpServer server;
    private final int port;

    TransportServer(IoKind kind, HttpHandler handler) throws IOException {
        loops = new EventLoops(kind, 1);
        webSockets = new WebSockets(loops, threads);
        server = new HttpServer(loops, threads, HttpOptions.defaults(), handler);
        port = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    Loop loop() {
        return loops.all().get(0);
    }

    int port() {
        return port;
    }

    void upgrade(HttpExchange exchange, Consumer<WebSocket> onConnection) throws Exception {
        webSockets.route(WebSocketOptions.defaults(), onConnection).handle(exchange);
    }

    @Override
    public void close() {
        server.close(Duration.ofSeconds(2));
        threads.close();
        loops.close();
    }
}
