package io.posthorn.websocket;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpOptions;
import io.posthorn.http.HttpServer;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.UserThreads;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WebSocketsCloseTest {
    /** FIN and opcode 8, masked with zeros: 1001. */
    private static final byte[] CLOSE_GOING_AWAY = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xe9};

    private final EventLoops loops = new EventLoops(IoKind.best(), 1);
    private final UserThreads threads = new UserThreads();
    private final WebSockets webSockets = new WebSockets(loops, threads);
    private final Thread closer = new Thread(this::close, "closer");

    @Test
    void aHandshakeThatWasLetInJustBeforeIsClosedLikeTheOthers() throws Exception {
        CountDownLatch letIn = new CountDownLatch(1);
        HttpHandler handler = exchange -> {
            letIn.countDown();
            await().until(() -> isWaiting() || closer.getState() == Thread.State.TERMINATED);
            upgrade(exchange);
        };
        HttpServer server = new HttpServer(loops, threads, HttpOptions.defaults(), handler);
        int port = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread closesSoon = new Thread(() -> {
            try {
                letIn.await();
                closer.start();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
        closesSoon.start();

        try (TestServer.RawSocket client =
                new TestServer.RawSocket(new Socket(InetAddress.getLoopbackAddress(), port))) {
            assertThat(client.readPayload()).startsWith(0x03, 0xe9);
            assertThat(closer.isAlive()).isTrue();
            client.write(CLOSE_GOING_AWAY);
            assertThat(client.isAtEnd()).isTrue();
        }
        closer.join();
        closesSoon.join();
    }

    private boolean isWaiting() {
        return webSockets.isClosing() && closer.getState() == Thread.State.TIMED_WAITING;
    }

    /** What the route does with a handshake that came before the server began to close. */
    private void upgrade(HttpExchange exchange) {
        WebSocketRoute route = new WebSocketRoute(webSockets, WebSocketOptions.defaults(), new AtomicBoolean(), true);
        Handshake.Outcome outcome = Handshake.answer(exchange, route.options());
        WebSocketHandshake handshake =
                new WebSocketHandshake(exchange.request(), Map.of(), outcome.agreed(), List.of());
        exchange.upgrade(
                outcome.response(),
                new WebSocketHandler(route, exchange.loop(), handshake, webSocket -> {}, exchange.departure()));
    }

    private void close() {
        webSockets.close(Duration.ofSeconds(20));
        threads.close();
        loops.close();
    }
}
