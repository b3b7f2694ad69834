package io.posthorn.feed;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.TransportType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A feed over a WebSocket, plain and with envelopes. */
@Timeout(60)
class FeedWebSocketTest {
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: posthorn.feed";

    private final FeedServer server = new FeedServer();
    private final Feed feed = server.feed();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aPlainWebSocketGetsThePayloadsAsTheyAre() {
        feed.publish("before");
        try (FeedSocket socket = server.webSocket("/feed")) {
            assertThat(socket.head()).doesNotContain("Sec-WebSocket-Protocol");
            server.awaitReaders(1);
            feed.publish("tick", "Grüße 两");
            assertThat(socket.text()).isEqualTo("Grüße 两");
            feed.publish(new byte[] {(byte) 0xff, 0, 1});
            assertThat(socket.binary()).containsExactly(0xff, 0, 1);
            feed.publish(Map.of("n", 1));
            assertThat(socket.text()).isEqualTo("{\"n\":1}");
            feed.publish("");
            assertThat(socket.text()).isEmpty();
        }
    }

    @Test
    void withTheSubprotocolEachMessageComesInItsEnvelope() {
        Cursor now = feed.publish("before");
        try (FeedSocket socket = server.webSocket("/feed", SUBPROTOCOL)) {
            assertThat(socket.head()).contains("\r\nSec-WebSocket-Protocol: posthorn.feed\r\n");
            assertThat(socket.text()).isEqualTo("{\"id\":\"" + now + "\"}");
            Cursor one = feed.publish("tick", "a\rb");
            assertThat(socket.text()).isEqualTo("{\"id\":\"" + one + "\",\"event\":\"tick\",\"data\":\"a\\rb\"}");
            Cursor two = feed.publish(new byte[] {(byte) 0xff, 0, 1});
            assertThat(socket.text()).isEqualTo("{\"id\":\"" + two + "\",\"data\":\"/wAB\",\"encoding\":\"base64\"}");
            Cursor three = feed.publish(Map.of("n", 1));
            assertThat(socket.text()).isEqualTo("{\"id\":\"" + three + "\",\"data\":{\"n\":1}}");
        }
    }

    @Test
    void theAddressAsksForEnvelopesToo() {
        Cursor now = feed.publish("before");
        try (FeedSocket socket = server.webSocket("/feed?envelope=json")) {
            assertThat(socket.head()).doesNotContain("Sec-WebSocket-Protocol");
            assertThat(socket.text()).isEqualTo("{\"id\":\"" + now + "\"}");
            Cursor one = feed.publish("one");
            assertThat(socket.text()).isEqualTo("{\"id\":\"" + one + "\",\"data\":\"one\"}");
        }
    }

    @Test
    void anotherSubprotocolIsNotAgreedOn() {
        try (FeedSocket socket = server.webSocket("/feed", "Sec-WebSocket-Protocol: chat")) {
            assertThat(socket.head()).doesNotContain("Sec-WebSocket-Protocol");
            server.awaitReaders(1);
            feed.publish("plain");
            assertThat(socket.text()).isEqualTo("plain");
        }
        try (FeedSocket socket = server.webSocket("/feed", "Sec-WebSocket-Protocol: chat, posthorn.feed")) {
            assertThat(socket.head()).contains("\r\nSec-WebSocket-Protocol: posthorn.feed\r\n");
        }
    }

    @Test
    void whoComesBackGetsWhatItMissed() {
        Cursor zero = feed.publish("zero");
        Cursor one = feed.publish("one");
        try (FeedSocket plain = server.webSocket("/feed?cursor=" + zero);
                FeedSocket told = server.webSocket("/feed?cursor=" + zero, SUBPROTOCOL);
                FeedSocket byHeader = server.webSocket("/feed", "Last-Event-ID: " + zero, SUBPROTOCOL)) {
            String envelope = "{\"id\":\"" + one + "\",\"data\":\"one\"}";
            assertThat(plain.text()).isEqualTo("one");
            assertThat(told.text()).isEqualTo(envelope);
            assertThat(byHeader.text()).isEqualTo(envelope);
            server.awaitReaders(3);
            Cursor two = feed.publish("two");
            assertThat(plain.text()).isEqualTo("two");
            assertThat(told.text()).isEqualTo("{\"id\":\"" + two + "\",\"data\":\"two\"}");
        }
    }

    @Test
    void aGapIsToldInTheEnvelope() {
        Cursor first = feed.publish("first");
        try (FeedSocket socket = server.webSocket("/feed?cursor=gone-7", SUBPROTOCOL)) {
            assertThat(socket.text())
                    .isEqualTo("{\"id\":\"" + first
                            + "\",\"data\":\"first\",\"gap\":{\"after\":\"gone-7\",\"before\":\"" + first + "\"}}");
        }
        assertThat(server.stats().gaps()).isEqualTo(1);
        assertThat(server.stats().untoldGaps()).isZero();
    }

    @Test
    void aPlainWebSocketCannotBeToldOfAGapWhichIsCounted() {
        feed.publish("first");
        try (FeedSocket socket = server.webSocket("/feed?cursor=gone-7")) {
            assertThat(socket.text()).isEqualTo("first");
        }
        assertThat(server.stats().gaps()).isZero();
        assertThat(server.stats().untoldGaps()).isEqualTo(1);
    }

    @Test
    void aReaderThatLeavesIsForgottenAtOnce() {
        FeedSocket polite = server.webSocket("/feed");
        FeedSocket rude = server.webSocket("/feed", SUBPROTOCOL);
        server.awaitReaders(2);
        // FIN and Close, 2 bytes: 1000
        assertThat(polite.leave()).isEqualTo("\u0088\u0002\u0003\u00e8");
        server.awaitReaders(1);
        rude.close();
        server.awaitReaders(0);
        assertThat(server.stats().readers(TransportType.WEB_SOCKET)).isZero();
        assertThat(server.stats().closed()).containsEntry(TransportType.WEB_SOCKET, 2L);
        polite.close();
    }

    @Test
    void withoutAHandshakeAWebSocketIsRefused() {
        assertThat(server.get("/feed?transport=websocket"))
                .startsWith("HTTP/1.1 426 Upgrade Required\r\n")
                .contains("\r\nUpgrade: websocket\r\n");
        assertThat(server.get("/feed", "Upgrade: websocket", "Connection: Upgrade"))
                .startsWith("HTTP/1.1 426 ")
                .contains("\r\nSec-WebSocket-Version: 13\r\n");
        server.awaitReaders(0);
        assertThat(server.stats().opened()).containsEntry(TransportType.WEB_SOCKET, 0L);
    }

    @Test
    void whatTheReaderSaysIsNotWhatTheFeedSays() {
        try (RawClient client = server.connect();
                FeedSocket socket = FeedSocket.connect(client, "/feed")) {
            server.awaitReaders(1);
            // FIN and text, masked, 2 bytes; the key; "hi"
            client.send(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'});
            await().until(() -> server.posthorn().stats().webSocket().messagesReceived() == 1);
            feed.publish("from the feed");
            assertThat(socket.text()).isEqualTo("from the feed");
            assertThat(server.stats().published()).isEqualTo(1);
        }
    }
}
