package io.posthorn.websocket;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpOptions;
import io.posthorn.http.HttpServer;
import io.posthorn.http.HttpStats;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.loop.UserThreads;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A server whose WebSockets live on another loop than their handshake: {@code /next} moves at once, {@code /large} behind an
 * answer of some MiB, {@code /later} after a thread that may block was asked.
 */
final class MovingServer implements AutoCloseable {
    static final int LOOPS = 3;
    static final int LARGE = 8 * 1024 * 1024;

    private final EventLoops loops;
    private final UserThreads threads = new UserThreads();
    private final WebSockets webSockets;
    private final HttpServer http;
    private final int port;
    private final Consumer<WebSocket> onConnection;
    private final WebSocketOptions options;
    final Set<WebSocket> opened = ConcurrentHashMap.newKeySet();
    final AtomicReference<Throwable> failure = new AtomicReference<>();

    MovingServer(IoKind kind, HttpOptions httpOptions, WebSocketOptions options, Consumer<WebSocket> onConnection)
            throws IOException {
        this.loops = new EventLoops(kind, LOOPS);
        this.webSockets = new WebSockets(loops, threads);
        this.options = options;
        this.onConnection = onConnection;
        this.http = new HttpServer(loops, threads, httpOptions, this::handle);
        this.port = http.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static void echo(WebSocket webSocket) {
        webSocket.onText(webSocket::send);
        webSocket.onBinary(webSocket::send);
    }

    private void handle(HttpExchange exchange) {
        switch (exchange.path()) {
            case "/large" -> accept(exchange, "x".repeat(LARGE));
            case "/later" -> threads.execute(() -> exchange.loop().mailbox().execute(() -> accept(exchange, "other")));
            default -> accept(exchange, "other");
        }
    }

    private void accept(HttpExchange exchange, String header) {
        Loop home = other(exchange.loop());
        Acceptance how = new Acceptance(home, List.of(Map.entry("X-Home", header)));
        webSockets.acceptor(options).accept(exchange, how, webSocket -> {
            if (!home.inLoop() || webSocket.loop() != home) {
                failure.set(new IllegalStateException("not at home"));
            }
            opened.add(webSocket);
            onConnection.accept(webSocket);
        });
    }

    private Loop other(Loop loop) {
        List<Loop> all = loops.all();
        return all.get((all.indexOf(loop) + 1) % all.size());
    }

    WebSockets webSockets() {
        return webSockets;
    }

    WebSocketStats stats() {
        return webSockets.stats();
    }

    HttpStats httpStats() {
        return http.stats();
    }

    int port() {
        return port;
    }

    Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        return socket;
    }

    static byte[] handshake(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        webSockets.close(Duration.ofSeconds(10));
        http.close(Duration.ofSeconds(5));
        threads.close();
        loops.close();
    }
}
