package io.posthorn.websocket;

import io.netty.channel.EventLoop;
import io.posthorn.loop.IoKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static io.posthorn.websocket.Frames.frame;
import static io.posthorn.websocket.Frames.join;
import static io.posthorn.websocket.Frames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a connection does at its edges: its first message, a full socket, a handler that fails or falls behind. */
class WebSocketConnectionTest {
    private static final WebSocketOptions OPTIONS = WebSocketOptions.defaults();

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aLargeMessageFromTheConnectionsCallbackArrives(IoKind kind) throws Exception {
        Assumptions.assumeTrue(kind.isAvailable());
        byte[] large = new byte[10_000_000]; // more than a socket takes at once
        try (TestServer server = new TestServer(kind, OPTIONS, ws -> ws.send(large));
                TestServer.RawSocket client = server.connect()) {
            assertThat(client.readPayload()).isEqualTo(large);
        }
    }

    @Test
    void theNumberOfBufferedBytesFallsAsTheClientReads() throws Exception {
        CompletableFuture<WebSocket> connected = new CompletableFuture<>();
        byte[] large = new byte[20_000_000];
        try (TestServer server = new TestServer(OPTIONS, connected::complete);
                TestServer.RawSocket client = server.connect()) {
            WebSocket webSocket = connected.get(20, TimeUnit.SECONDS);
            webSocket.send(large);
            await().until(() -> webSocket.bufferedBytes() > 0);

            assertThat(client.readPayload()).hasSize(large.length);

            await().until(() -> webSocket.bufferedBytes() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aConnectionThatFailsWhileItLeavesItsChannelHangsUpAllTheSame(IoKind kind) throws Exception {
        Assumptions.assumeTrue(kind.isAvailable());
        WebSocketOptions strict = OPTIONS.withLimits(
                WebSocketLimits.defaults().withMaxOutbound(1000).withCloseTimeout(Duration.ofHours(1)));
        try (TestServer server = new TestServer(kind, strict, WebSocketConnectionTest::overflowSoon);
                TestServer.RawSocket client = server.connect()) {
            assertThat(client.readPayload()).hasSize(2000);
            assertThat(client.readPayload()).startsWith(0x03, 0xF0);
            assertThat(client.read(1)).isEmpty();
        }
    }

    /** In the turn after the next task, by which the connection leaves. */
    private static void overflowSoon(WebSocket webSocket) {
        EventLoop loop = webSocket.connection().loop().eventLoop();
        loop.execute(() -> loop.execute(() -> {
            webSocket.send(new byte[2000]);
            webSocket.send("too much");
        }));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anErrorOfAHandlerIsToldLikeAnyFailureAndTheConnectionLives(boolean blocking) throws Exception {
        AtomicReference<Throwable> told = new AtomicReference<>();
        try (TestServer server = new TestServer(blocking ? OPTIONS.withBlockingHandlers() : OPTIONS, ws -> {
                    ws.onError(told::set);
                    ws.onText(text -> {
                        if (text.equals("bad")) {
                            throw new StackOverflowError("as planned");
                        }
                        ws.send(text);
                    });
                });
                TestServer.RawSocket client = server.connect()) {
            client.write(join(text("bad"), text("good")));

            assertThat(client.readText()).isEqualTo("good");
            assertThat(told.get()).hasMessage("as planned");
            assertThat(server.stats().handlerFailures()).isEqualTo(1);
        }
    }

    @Test
    void aClientWhoseHandlersAreBehindMayPileUpFewBytes() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        byte[] message = frame(0x82, new byte[900_000]);
        try (TestServer server =
                        new TestServer(OPTIONS.withBlockingHandlers(), ws -> ws.onBinary(bytes -> hold(release)));
                TestServer.RawSocket client = server.connect()) {
            Thread flood = new Thread(() -> {
                try {
                    for (int i = 0; i < 60; i++) {
                        client.write(message); // 54 MB: far more than the buffers in between hold
                    }
                } catch (IOException ended) {
                    throw new java.io.UncheckedIOException(ended);
                }
            });
            flood.start();
            await().until(() -> server.stats().messagesReceived() >= 1);

            await().during(Duration.ofSeconds(1)).until(() -> server.stats().messagesReceived() < 10);

            release.countDown();
            await().atMost(Duration.ofSeconds(60)).until(() -> server.stats().messagesReceived() == 60);
            flood.join();
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never released");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
