package io.posthorn.websocket.conformance;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.loop.IoKind;
import io.posthorn.websocket.Deflate;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketLimits;
import io.posthorn.websocket.WebSocketOptions;
import org.junit.jupiter.api.DynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * The server that the cases are put to: {@code /echo} sends each message back, {@code /deflate} does so with
 * permessage-deflate. {@code -Dconformance.port=PORT} names another one on this machine, of any make, for a
 * comparison; {@code -Dconformance.io=NIO} another kind of event loops.
 */
final class EchoServer {
    private static final String PLAIN = "/echo";
    private static final String DEFLATE = "/deflate";

    /** Messages of 64 MiB in any number of fragments. */
    private static final WebSocketLimits LIMITS = WebSocketLimits.defaults()
            .withMaxMessage(64 * 1024 * 1024)
            .withFragments(Integer.MAX_VALUE, 0)
            .withMaxOutbound(64 * 1024 * 1024);

    private static final EchoServer RUNNING = start();

    private final InetSocketAddress address;

    private EchoServer(int port) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The one server of this run; it is started for the first case and serves all. */
    static EchoServer running() {
        return RUNNING;
    }

    private static EchoServer start() {
        Integer other = Integer.getInteger("conformance.port");
        if (other != null) {
            return new EchoServer(other);
        }
        IoKind io = IoKind.valueOf(
                System.getProperty("conformance.io", IoKind.best().name()));
        Posthorn posthorn = Posthorn.create(PosthornOptions.defaults().withIo(io));
        WebSocketOptions options = WebSocketOptions.defaults().withLimits(LIMITS);
        posthorn.webSocket(PLAIN, options, EchoServer::echo);
        posthorn.webSocket(DEFLATE, options.withDeflate(Deflate.defaults()), EchoServer::echo);
        try {
            return new EchoServer(posthorn.listen("127.0.0.1", 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void echo(WebSocket webSocket) {
        webSocket.onText(webSocket::send);
        webSocket.onBinary(webSocket::send);
    }

    InetSocketAddress address() {
        return address;
    }

    /** A handshake for a path of this server. */
    HandshakeRequest request(String path) {
        return HandshakeRequest.of("127.0.0.1:" + address.getPort(), path);
    }

    /** A connection on which nothing is compressed. */
    RawWebSocketClient connect() {
        return connect(PLAIN);
    }

    RawWebSocketClient connect(String path) {
        return RawWebSocketClient.connect(address, request(path));
    }

    /** A connection to the path with compression, by these offers. */
    RawWebSocketClient connectOffering(String offers) {
        return RawWebSocketClient.connect(address, request(DEFLATE).with("Sec-WebSocket-Extensions", offers));
    }

    /** A case: a connection of its own, on which nothing is compressed, and what is said on it. */
    DynamicTest testCase(String name, Consumer<RawWebSocketClient> steps) {
        return DynamicTest.dynamicTest(name, () -> {
            try (RawWebSocketClient client = connect()) {
                steps.accept(client);
            }
        });
    }

    /** A case over a connection that has agreed on compression by these offers. */
    DynamicTest deflateCase(String name, String offers, Consumer<RawWebSocketClient> steps) {
        return DynamicTest.dynamicTest(name, () -> {
            try (RawWebSocketClient client = connectOffering(offers)) {
                client.agreement();
                steps.accept(client);
            }
        });
    }
}
