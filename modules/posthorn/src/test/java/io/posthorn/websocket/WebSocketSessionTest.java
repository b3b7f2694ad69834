package io.posthorn.websocket;

import io.posthorn.http.HttpOptions;
import io.posthorn.loop.IoKind;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static io.posthorn.websocket.Frames.frame;
import static io.posthorn.websocket.Frames.hex;
import static io.posthorn.websocket.Frames.join;
import static io.posthorn.websocket.Frames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a protocol above needs of a WebSocket: texts as bytes, halting the other side, ends without words. */
class WebSocketSessionTest {
    private static final WebSocketOptions OPTIONS = WebSocketOptions.defaults();
    private static final String WIDE = "你好 😀";

    @Test
    void aTextIsHandedOverAsTheUtf8ThatCame() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (TestServer server = new TestServer(OPTIONS, ws -> ws.receiver(utf8(seen)));
                TestServer.RawSocket client = server.connect()) {
            byte[] wide = WIDE.getBytes(StandardCharsets.UTF_8);
            // Whole, empty, and cut inside a character.
            client.write(join(
                    text("ascii"), text(WIDE), text(""), frame(0x01, new byte[] {wide[0]}), frame(0x80, tail(wide))));

            await().until(() -> List.copyOf(seen).equals(List.of("ascii", WIDE, "", WIDE)));
        }
    }

    @Test
    void textThatIsNotUtf8IsRefusedBeforeItIsHandedOver() throws Exception {
        for (byte[] bad : List.of(frame(0x81, hex("61ff")), join(frame(0x01, hex("e4")), frame(0x80, hex("bd"))))) {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            try (TestServer server = new TestServer(OPTIONS, ws -> ws.receiver(utf8(seen)));
                    TestServer.RawSocket client = server.connect()) {
                client.write(bad);

                assertThat(client.readPayload()).startsWith(0x03, 0xef); // 1007
                assertThat(seen).isEmpty();
            }
        }
    }

    @Test
    void aHandlerOnAThreadThatMayBlockGetsUtf8Too() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (TestServer server = new TestServer(OPTIONS.withBlockingHandlers(), ws -> ws.receiver(utf8(seen)));
                TestServer.RawSocket client = server.connect()) {
            client.write(text(WIDE));

            await().until(() -> List.copyOf(seen).equals(List.of(WIDE)));
        }
    }

    @Test
    void nothingIsReadWhileReadingIsPausedAndNothingIsLost() throws Exception {
        CompletableFuture<WebSocket> opened = new CompletableFuture<>();
        try (TestServer server = new TestServer(OPTIONS, ws -> {
                    ws.onText(ws::send);
                    ws.pauseReading();
                    opened.complete(ws);
                });
                TestServer.RawSocket client = server.connect()) {
            WebSocket webSocket = opened.get(20, TimeUnit.SECONDS);
            client.write(join(text("a"), text("b")));
            // The loop has taken turns enough to read, had it wanted to.
            for (int i = 0; i < 100; i++) {
                webSocket.loop().eventLoop().submit(() -> {}).get();
            }
            assertThat(server.stats().messagesReceived()).isZero();

            onLoop(webSocket, WebSocket::resumeReading);
            assertThat(client.readText()).isEqualTo("a");
            assertThat(client.readText()).isEqualTo("b");
        }
    }

    @Test
    void theSilenceOfAClientThatIsNotReadDoesNotEndIt() throws Exception {
        WebSocketOptions impatient =
                OPTIONS.withLimits(WebSocketLimits.defaults().withIdleTimeout(Duration.ofMillis(200)));
        CompletableFuture<WebSocket> opened = new CompletableFuture<>();
        try (TestServer server = new TestServer(impatient, ws -> {
                    ws.pauseReading();
                    opened.complete(ws);
                });
                TestServer.RawSocket client = server.connect()) {
            WebSocket webSocket = opened.get(20, TimeUnit.SECONDS);
            CompletableFuture<Void> later = new CompletableFuture<>();
            webSocket.loop().eventLoop().schedule(() -> later.complete(null), 1, TimeUnit.SECONDS);
            later.get(20, TimeUnit.SECONDS);
            assertThat(webSocket.isOpen()).isTrue();

            onLoop(webSocket, WebSocket::resumeReading);
            // Now it is asked, by a ping, and then given up.
            assertThat(client.read(2)).isEqualTo(hex("8900"));
            assertThat(client.readPayload()).startsWith(0x03, 0xe9);
        }
    }

    @Test
    void aCloseWithoutStatusIsAnEmptyFrame() throws Exception {
        try (TestServer server = new TestServer(OPTIONS, WebSocket::closeWithoutStatus);
                TestServer.RawSocket client = server.connect()) {
            assertThat(client.read(2)).isEqualTo(hex("8800"));
            client.write(frame(0x88, hex("")));
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void withoutReasonsACloseFrameHoldsTheCodeOnly() throws Exception {
        try (TestServer server = new TestServer(OPTIONS.withoutCloseReasons(), ws -> ws.close(4000, "secret"));
                TestServer.RawSocket client = server.connect()) {
            assertThat(client.read(4)).isEqualTo(hex("8802 0fa0"));
        }
        try (TestServer server = new TestServer(OPTIONS.withoutCloseReasons(), ws -> {});
                TestServer.RawSocket client = server.connect()) {
            client.write(frame(0xF1, hex("00")));
            assertThat(client.read(4)).isEqualTo(hex("8802 03ea"));
        }
    }

    @Test
    void severalPreparedMessagesLeaveAsTheyFollowEachOther() throws Exception {
        PreparedMessage both =
                PreparedMessage.of(List.of(PreparedMessage.text("51-[0]"), PreparedMessage.binary(hex("0102"))));
        try (TestServer server = new TestServer(OPTIONS, ws -> ws.send(both));
                TestServer.RawSocket client = server.connect()) {
            assertThat(client.read(12)).isEqualTo(hex("8106 35312d5b305d 8202 0102"));
        }
    }

    @Test
    void whatIsAcceptedByHandIsRefusedAsARouteRefuses() throws Exception {
        try (MovingServer server =
                        new MovingServer(IoKind.best(), HttpOptions.defaults(), OPTIONS, MovingServer::echo);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                TestServer.RawSocket client = new TestServer.RawSocket(
                        socket, "GET /next HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII))) {
            assertThat(client.readHead()).startsWith("HTTP/1.1 426").doesNotContain("X-Home");
            assertThat(server.stats().refusedHandshakes()).isEqualTo(1);
        }
    }

    private static void onLoop(WebSocket webSocket, Consumer<WebSocket> action) throws Exception {
        webSocket.loop().eventLoop().submit(() -> action.accept(webSocket)).get();
    }

    private static String string(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static byte[] tail(byte[] bytes) {
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    private static WebSocket.Receiver utf8(Queue<String> seen) {
        return new WebSocket.Receiver() {
            @Override
            public void onUtf8(byte[] text) {
                seen.add(string(text));
            }

            @Override
            public void onBinary(byte[] bytes) {
                throw new AssertionError("no text: " + bytes.length);
            }
        };
    }
}
