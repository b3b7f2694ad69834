package io.posthorn.websocket.conformance;

import io.posthorn.Posthorn;
import io.posthorn.websocket.Deflate;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketLimits;
import io.posthorn.websocket.WebSocketOptions;
import io.posthorn.websocket.WebSocketStats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static io.posthorn.websocket.conformance.ClientFrame.RSV1;
import static io.posthorn.websocket.conformance.ClientFrame.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that send too much, read too little, or stop in the middle: each costs its own connection and no more. */
class HostilePeerTest {
    private static final int LIMIT = 100_000;
    private static final Duration SOON = Duration.ofMillis(300);

    private final Posthorn posthorn = Posthorn.create();
    private InetSocketAddress address = new InetSocketAddress(0);

    @BeforeEach
    void listen() throws IOException {
        WebSocketLimits limits = WebSocketLimits.defaults().withMaxMessage(LIMIT);
        WebSocketOptions echo = WebSocketOptions.defaults().withLimits(limits);
        route("/echo", echo);
        route("/deflate", echo.withDeflate(Deflate.defaults()));
        route("/fragments", echo.withLimits(limits.withFragments(100, 0)));
        route("/overhead", echo.withLimits(limits.withFragments(Integer.MAX_VALUE, 1000)));
        route("/impatient", echo.withLimits(limits.withCloseTimeout(SOON)));
        route("/idle", echo.withLimits(limits.withCloseTimeout(SOON).withIdleTimeout(SOON)));
        route("/quiet", echo.withLimits(limits.withIdleTimeout(Duration.ofSeconds(3))));
        WebSocketLimits little = limits.withMaxOutbound(256 * 1024);
        posthorn.webSocket("/flood", echo.withLimits(little), HostilePeerTest::flood);
        posthorn.webSocket("/impatient-flood", echo.withLimits(little.withCloseTimeout(SOON)), HostilePeerTest::flood);
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), posthorn.listen("127.0.0.1", 0));
    }

    private void route(String path, WebSocketOptions options) {
        posthorn.webSocket(path, options, ws -> {
            ws.onText(message -> answer(ws, message));
            ws.onBinary(ws::send);
        });
    }

    private static void flood(WebSocket webSocket) {
        webSocket.onText(go -> {
            for (int i = 0; i < 1000; i++) {
                webSocket.send(new byte[64 * 1024]);
            }
        });
    }

    private static void answer(WebSocket webSocket, String message) {
        if (message.equals("close")) {
            webSocket.close(4000, "as you wish");
        } else {
            webSocket.send(message);
        }
    }

    @AfterEach
    void close() {
        posthorn.close();
    }

    @Test
    void aReaderThatIsTooSlowIsClosedAndCounted() {
        try (RawWebSocketClient client = connect("/flood")) {
            client.send(text("go"));
            await().until(() -> stats().slowReaders() == 1);
            Event seen = client.next();
            int messages = 0;
            while (seen.kind() == Event.Kind.BINARY) {
                assertThat(seen.payload()).hasSize(64 * 1024);
                messages++;
                seen = client.next();
            }
            assertThat(messages).isBetween(1, 999);
            assertThat(seen.code()).isEqualTo(1008);
        }
    }

    @Test
    void aReaderThatNeverReadsIsCutInTheEnd() {
        try (RawWebSocketClient client = connect("/impatient-flood")) {
            client.send(text("go"));
            await().until(() -> stats().slowReaders() == 1 && stats().open() == 0);
        }
    }

    @TestFactory
    Stream<DynamicTest> aMessageMayBeAsLongAsTheLimitAndNoLonger() {
        return Stream.of(LIMIT, LIMIT / 3, 1000)
                .map(fragment -> DynamicTest.dynamicTest("in frames of " + fragment, () -> {
                    try (RawWebSocketClient client = connect("/echo")) {
                        client.sendMessage(ClientFrame.BINARY, new byte[LIMIT - 2000], fragment);
                        client.expect(Event.binary(new byte[LIMIT - 2000]));
                        client.sendMessage(ClientFrame.BINARY, new byte[LIMIT + 1], fragment);
                        client.expectFailure(1009);
                    }
                }));
    }

    @Test
    void aMessageOfExactlyTheLimitPasses() {
        try (RawWebSocketClient client = connect("/echo")) {
            client.send(ClientFrame.binary(new byte[LIMIT]));
            client.expect(Event.binary(new byte[LIMIT]));
            client.closeNormally();
        }
    }

    @Test
    void aFrameOverTheLimitIsRefusedByItsHeader() {
        try (RawWebSocketClient client = connect("/echo")) {
            byte[] frame = ClientFrame.binary(new byte[LIMIT + 1]).bytes(1);
            client.sendBytes(Arrays.copyOf(frame, 14));
            client.expectFailure(1009);
            assertThat(stats().tooBig()).isEqualTo(1);
        }
    }

    @Test
    void aCompressedMessageIsMeasuredByWhatItInflatesTo() {
        try (RawWebSocketClient client = connectOffering("/deflate")) {
            client.sendMessage(ClientFrame.BINARY, new byte[LIMIT], Integer.MAX_VALUE);
            client.expect(Event.binary(new byte[LIMIT]));
            client.sendMessage(ClientFrame.BINARY, new byte[LIMIT + 1], Integer.MAX_VALUE);
            client.expectFailure(1009);
        }
    }

    @Test
    void aDecompressionBombIsStoppedWhileItInflates() {
        try (RawWebSocketClient client = connectOffering("/deflate")) {
            byte[] bomb = client.deflate(new byte[64 * 1024 * 1024]);
            assertThat(bomb.length).isLessThan(LIMIT);
            // Only a part of it, and its message never ends.
            byte[] part = Arrays.copyOf(bomb, bomb.length / 2);
            client.send(ClientFrame.binary(part).rsv(RSV1).notFinal());
            client.expectFailure(1009);
            assertThat(stats().tooBig()).isEqualTo(1);
        }
    }

    @TestFactory
    Stream<DynamicTest> aFloodOfFragmentsIsStopped() {
        return Stream.of(0, 1)
                .flatMap(size -> Stream.of("/fragments", "/overhead")
                        .map(path -> DynamicTest.dynamicTest(path + ", " + size + " bytes each", () -> {
                            try (RawWebSocketClient client = connect(path)) {
                                client.send(text(new byte[size]).notFinal());
                                ClientFrame[] flood = new ClientFrame[200];
                                Arrays.fill(
                                        flood,
                                        ClientFrame.continuation(new byte[size]).notFinal());
                                client.send(flood);
                                client.expectFailure(path.equals("/fragments") ? 1008 : 1009);
                            }
                        })));
    }

    @Test
    void asManyFragmentsAsAllowedPass() {
        try (RawWebSocketClient client = connect("/fragments")) {
            client.sendMessage(ClientFrame.TEXT, Payloads.ascii(100), 1);
            client.expect(Event.text(Payloads.ascii(100)));
            client.sendMessage(ClientFrame.TEXT, Payloads.ascii(101), 1);
            client.expectFailure(1008);
        }
    }

    @Test
    void aCloseThatIsNotAnsweredEndsAtItsDeadline() {
        try (RawWebSocketClient client = connect("/impatient")) {
            client.send(text("close"));
            client.expectClose(4000);
            client.expect(Event.end());
            await().until(() -> stats().closeTimeouts() == 1 && stats().open() == 0);
        }
    }

    @Test
    void aCloseThatIsAnsweredWithMoreAndMoreDataEndsAtItsDeadline() {
        try (RawWebSocketClient client = connect("/impatient")) {
            client.send(text("close"));
            client.expectClose(4000);
            await().pollDelay(Duration.ZERO).until(() -> {
                client.send(text("and another thing"), ClientFrame.ping("?"));
                return stats().open() == 0;
            });
            assertThat(client.next().kind()).isIn(Event.Kind.END, Event.Kind.RESET);
        }
    }

    @Test
    void aViolationAfterTheServersCloseGetsNoSecondOne() {
        try (RawWebSocketClient client = connect("/echo")) {
            client.send(text("close"));
            client.expectClose(4000);
            client.send(text("bad").rsv(7));
            client.expect(Event.end());
        }
    }

    @Test
    void aCloseThatTheServerBeginsEndsWhenItIsAnswered() {
        try (RawWebSocketClient client = connect("/echo")) {
            client.send(text("close"));
            client.expectClose(4000);
            client.send(ClientFrame.close(4000, ""));
            client.expect(Event.end());
        }
        await().until(() -> stats().open() == 0);
        assertThat(stats().closeTimeouts()).isZero();
    }

    @Test
    void aClientThatIsCutOffAfterAFailureIsForgotten() {
        try (RawWebSocketClient client = connect("/impatient")) {
            client.send(text("bad").rsv(7));
            client.expectClose(1002);
            client.expect(Event.end());
            await().until(() -> stats().open() == 0);
        }
    }

    @Test
    void aSilentClientIsAskedAndThenLeft() {
        try (RawWebSocketClient client = connect("/idle")) {
            assertThat(client.next().kind()).isEqualTo(Event.Kind.PING);
            client.expectClose(1001);
            client.expect(Event.end());
            assertThat(stats().idleTimeouts()).isEqualTo(1);
        }
    }

    @Test
    void aClientThatStopsInsideAFrameIsLeftToo() {
        try (RawWebSocketClient client = connect("/idle")) {
            client.sendBytes(Utf8Samples.bytes("82 fe 10 00 00 00"));
            assertThat(client.next().kind()).isEqualTo(Event.Kind.PING);
            client.expectClose(1001);
            client.expect(Event.end());
        }
    }

    @Test
    void aClientThatAnswersPingsStays() {
        try (RawWebSocketClient client = connect("/quiet")) {
            for (int i = 0; i < 2; i++) {
                Event ping = client.next();
                assertThat(ping.kind()).isEqualTo(Event.Kind.PING);
                client.send(ClientFrame.of(ClientFrame.PONG, ping.payload()));
            }
            client.closeNormally();
            assertThat(stats().idleTimeouts()).isZero();
        }
    }

    @Test
    void aClientThatWritesWithoutReadingIsHeldBackAndLosesNothing() throws Exception {
        ExecutorService writing = Executors.newSingleThreadExecutor();
        try (RawWebSocketClient client = connect("/echo")) {
            byte[] payload = Payloads.binary(50_000);
            int messages = 600;
            Future<?> written = writing.submit(() -> {
                for (int i = 0; i < messages; i++) {
                    client.send(ClientFrame.binary(payload), ClientFrame.ping("n" + i));
                }
            });
            for (int i = 0; i < messages; i++) {
                client.expect(Event.binary(payload));
                client.expect(Event.pong("n" + i));
            }
            written.get();
            client.closeNormally();
        } finally {
            writing.shutdownNow();
        }
    }

    @TestFactory
    Stream<DynamicTest> aConnectionThatIsResetAnywhereIsForgotten() {
        return Stream.of("82 fe 10 00 00 00 00 00 61 62", "81", "01 85 00 00 00 00 61 62 63 64 65", "c1 fe 10")
                .map(hex -> DynamicTest.dynamicTest(hex, () -> {
                    try (RawWebSocketClient client = connectOffering("/deflate")) {
                        client.send(ClientFrame.ping("there"));
                        client.expect(Event.pong("there"));
                        client.sendBytes(Utf8Samples.bytes(hex));
                        client.socket().setSoLinger(true, 0);
                    }
                    await().until(() -> stats().open() == 0);
                }));
    }

    @Test
    void aServerThatClosesSaysSo() throws Exception {
        ExecutorService closing = Executors.newSingleThreadExecutor();
        try {
            Future<?> closed;
            try (RawWebSocketClient client = connect("/echo")) {
                client.send(text("here"));
                client.expect(Event.text("here"));
                closed = closing.submit(posthorn::close);
                client.expectFailure(1001);
            }
            closed.get();
            assertThat(stats().open()).isZero();
        } finally {
            closing.shutdownNow();
        }
    }

    private RawWebSocketClient connect(String path) {
        return RawWebSocketClient.connect(address, request(path));
    }

    private RawWebSocketClient connectOffering(String path) {
        HandshakeRequest offering = request(path).with("Sec-WebSocket-Extensions", "permessage-deflate");
        RawWebSocketClient client = RawWebSocketClient.connect(address, offering);
        client.agreement();
        return client;
    }

    private HandshakeRequest request(String path) {
        return HandshakeRequest.of("127.0.0.1:" + address.getPort(), path);
    }

    private WebSocketStats stats() {
        return posthorn.stats().webSocket();
    }
}
