package io.posthorn.websocket.conformance;

import io.posthorn.Posthorn;
import io.posthorn.websocket.Deflate;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Opening handshakes as raw text: what is accepted, what is refused and how (RFC 6455 4.2), and hostile ones. */
class HandshakeTest {
    private static final Posthorn POSTHORN = Posthorn.create();
    private static final WebSocketOptions OPTIONS = WebSocketOptions.defaults();

    private static InetSocketAddress address = new InetSocketAddress(0);

    @BeforeAll
    static void listen() throws IOException {
        WebSocketOptions chat = OPTIONS.withSubprotocols("chat.v2", "chat.v1");
        POSTHORN.webSocket("/echo", OPTIONS.withDeflate(Deflate.defaults()), HandshakeTest::echo);
        POSTHORN.webSocket("/chat", chat, HandshakeTest::echo);
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), POSTHORN.listen("127.0.0.1", 0));
    }

    @AfterAll
    static void close() {
        POSTHORN.close();
    }

    @Test
    void theKeyBecomesItsAcceptValue() {
        HandshakeResponse response = ask(request("/echo").replaced("Sec-WebSocket-Key", "nkn9FKfNeUAg/SCLsFaD+w=="));

        assertThat(response.status()).isEqualTo(101);
        assertThat(response.header("Sec-WebSocket-Accept")).contains("knnYRiRuQnwyP6A12QAMUeE1Pvc=");
    }

    @Test
    void theKeyOfTheRfcBecomesItsAcceptValue() {
        HandshakeResponse response = ask(request("/echo").replaced("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));

        assertThat(response.header("Sec-WebSocket-Accept")).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @Test
    void whatWasNotAskedForIsNotAnswered() {
        HandshakeResponse response = ask(request("/chat"));

        assertThat(response.header("Sec-WebSocket-Protocol")).isEmpty();
        assertThat(response.header("Sec-WebSocket-Extensions")).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> otherSpellingsAreAccepted() {
        return cases(
                101,
                Map.of(
                        "a list in Connection", r -> r.replaced("Connection", "keep-alive, Upgrade"),
                        "Connection in two lines",
                                r -> r.replaced("Connection", "keep-alive").with("Connection", "upgrade"),
                        "other case in values",
                                r -> r.replaced("Upgrade", "WebSocket").replaced("Connection", "UPGRADE"),
                        "other case in names",
                                r -> r.without("Upgrade")
                                        .with("uPGRADE", "websocket")
                                        .without("Sec-WebSocket-Version")
                                        .with("sec-websocket-version", "13"),
                        "several protocols in Upgrade", r -> r.replaced("Upgrade", "h2c, websocket"),
                        "no space after the colon",
                                r -> r.without("Sec-WebSocket-Version")
                                        .with("Sec-WebSocket-Version:13\r\nX-Other", "1"),
                        "spaces around a value", r -> r.replaced("Sec-WebSocket-Version", "  13\t "),
                        "a body of no bytes", r -> r.with("Content-Length", "0"),
                        "a query", r -> r.requestLine("GET /echo?deflate=off&x=%E4%BD%A0 HTTP/1.1")));
    }

    @TestFactory
    Stream<DynamicTest> aBadRequestIsRefused() {
        return cases(
                400,
                Map.of(
                        "no key", r -> r.without("Sec-WebSocket-Key"),
                        "an empty key", r -> r.replaced("Sec-WebSocket-Key", ""),
                        "a key of 15 bytes", r -> r.replaced("Sec-WebSocket-Key", "AAECAwQFBgcICQoLDA0O"),
                        "a key of 17 bytes", r -> r.replaced("Sec-WebSocket-Key", "AAECAwQFBgcICQoLDA0ODxA="),
                        "a key that is not base64", r -> r.replaced("Sec-WebSocket-Key", "nkn9FKfNeUAg*SCLsFaD+w=="),
                        "two keys", r -> r.with("Sec-WebSocket-Key", HandshakeRequest.KEY),
                        "Connection without Upgrade", r -> r.replaced("Connection", "keep-alive"),
                        "a token that only contains Upgrade", r -> r.replaced("Connection", "upgrade-insecure"),
                        "no Host", r -> r.without("Host"),
                        "two Hosts", r -> r.with("Host", "example.org")));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoWebSocketRequestIsToldSo() {
        return cases(
                426,
                Map.of(
                        "no Upgrade", r -> r.without("Upgrade"),
                        "another protocol", r -> r.replaced("Upgrade", "h2c"),
                        "a protocol that only begins so", r -> r.replaced("Upgrade", "websocket2")));
    }

    @TestFactory
    Stream<DynamicTest> anotherVersionIsAnsweredWithTheOneThatIsSpoken() {
        return Stream.of("", "0", "8", "12", "14", "130", "13, 8", "thirteen", "+13")
                .map(version -> DynamicTest.dynamicTest("version " + version, () -> {
                    HandshakeResponse response = ask(request("/echo").replaced("Sec-WebSocket-Version", version));

                    assertThat(response.status()).isEqualTo(426);
                    assertThat(response.header("Sec-WebSocket-Version")).contains("13");
                }));
    }

    @Test
    void aMissingVersionIsAnsweredWithTheOneThatIsSpoken() {
        HandshakeResponse response = ask(request("/echo").without("Sec-WebSocket-Version"));

        assertThat(response.status()).isEqualTo(426);
        assertThat(response.header("Sec-WebSocket-Version")).contains("13");
    }

    @TestFactory
    Stream<DynamicTest> anotherMethodIsRefused() {
        return Stream.of("POST", "PUT", "DELETE", "HEAD")
                .map(method -> DynamicTest.dynamicTest(
                        method,
                        () -> assertThat(ask(request("/echo").requestLine(method + " /echo HTTP/1.1"))
                                        .status())
                                .isEqualTo(405)));
    }

    @Test
    void anOlderHttpCannotBeUpgraded() {
        assertThat(ask(request("/echo").requestLine("GET /echo HTTP/1.0")).status())
                .isNotEqualTo(101);
    }

    @Test
    void anUnknownPathIsNotFound() {
        assertThat(ask(request("/nowhere")).status()).isEqualTo(404);
    }

    @TestFactory
    Stream<DynamicTest> aHandshakeMayFollowAnotherRequest() {
        HandshakeRequest get = request("/nowhere").without("Upgrade").without("Connection");
        HandshakeRequest refused = request("/echo").replaced("Sec-WebSocket-Version", "8");
        return Stream.of(
                behind("an ordinary one, in one write", true, get),
                behind("an ordinary one, after its answer", false, get),
                behind("two ordinary ones, in one write", true, get, get),
                behind("a refused handshake, after its answer", false, refused));
    }

    @TestFactory
    Stream<DynamicTest> theClientsFirstKnownSubprotocolIsChosen() {
        Map<String, String> choices = Map.of(
                "chat.v1", "chat.v1",
                "chat.v1, chat.v2", "chat.v1",
                "chat.v2, chat.v1", "chat.v2",
                "other, chat.v2", "chat.v2",
                "other,chat.v1", "chat.v1",
                "other", "",
                "CHAT.V1", "",
                "chat", "");
        return new TreeMap<>(choices)
                .entrySet().stream()
                        .map(choice -> DynamicTest.dynamicTest(choice.getKey(), () -> {
                            HandshakeResponse response =
                                    ask(request("/chat").with("Sec-WebSocket-Protocol", choice.getKey()));

                            assertThat(response.status()).isEqualTo(101);
                            assertThat(response.header("Sec-WebSocket-Protocol").orElse(""))
                                    .isEqualTo(choice.getValue());
                        }));
    }

    @Test
    void subprotocolsMayStandInSeveralLines() {
        HandshakeResponse response =
                ask(request("/chat").with("Sec-WebSocket-Protocol", "other").with("Sec-WebSocket-Protocol", "chat.v2"));

        assertThat(response.header("Sec-WebSocket-Protocol")).contains("chat.v2");
    }

    @TestFactory
    Stream<DynamicTest> aFloodOfHeadersIsRefusedAndTheServerLives() {
        HandshakeRequest many = request("/echo");
        for (int i = 0; i < 500; i++) {
            many = many.with("X-" + i, "x");
        }
        return Stream.of(
                flood("500 headers", many),
                flood("one of 100 KiB", request("/echo").with("X-Long", "x".repeat(100_000))),
                flood("many subprotocols", request("/chat").with("Sec-WebSocket-Protocol", "a,".repeat(50_000) + "b")),
                flood("many extensions", request("/echo").with("Sec-WebSocket-Extensions", "a,".repeat(50_000) + "b")),
                flood("a key of 50 KiB", request("/echo").replaced("Sec-WebSocket-Key", "A".repeat(50_000))));
    }

    private static DynamicTest behind(String name, boolean inOneWrite, HandshakeRequest... before) {
        return DynamicTest.dynamicTest(name, () -> {
            try (Socket socket = RawWebSocketClient.open(address)) {
                ByteArrayOutputStream earlier = new ByteArrayOutputStream();
                List.of(before).forEach(request -> earlier.writeBytes(request.bytes()));
                byte[] last = request("/echo").bytes();
                OutputStream out = socket.getOutputStream();
                out.write(inOneWrite ? Utf8Samples.concat(earlier.toByteArray(), last) : earlier.toByteArray());
                for (int i = 0; i < before.length; i++) {
                    skipAnswer(socket.getInputStream());
                }
                out.write(inOneWrite ? new byte[0] : last);
                assertThat(HandshakeResponse.read(socket.getInputStream()).status())
                        .isEqualTo(101);
            }
        });
    }

    private static void skipAnswer(InputStream in) throws IOException {
        HandshakeResponse response = HandshakeResponse.read(in);
        assertThat(response.status()).isGreaterThanOrEqualTo(400);
        in.skipNBytes(Long.parseLong(response.header("Content-Length").orElse("0")));
    }

    private static DynamicTest flood(String name, HandshakeRequest request) {
        return DynamicTest.dynamicTest(name, () -> {
            assertThat(ask(request).status()).isEqualTo(431);
            echoes("/echo");
        });
    }

    private static Stream<DynamicTest> cases(int status, Map<String, UnaryOperator<HandshakeRequest>> changes) {
        return new TreeMap<>(changes)
                .entrySet().stream()
                        .map(change -> DynamicTest.dynamicTest(
                                change.getKey(),
                                () -> assertThat(ask(change.getValue().apply(request("/echo")))
                                                .status())
                                        .isEqualTo(status)));
    }

    private static void echoes(String path) {
        try (RawWebSocketClient client = RawWebSocketClient.connect(address, request(path))) {
            client.send(ClientFrame.text("still here"));
            client.expect(Event.text("still here"));
            client.closeNormally();
        }
    }

    private static HandshakeRequest request(String path) {
        return HandshakeRequest.of("127.0.0.1:" + address.getPort(), path);
    }

    private static HandshakeResponse ask(HandshakeRequest request) {
        return HandshakeResponse.to(request, address);
    }

    private static void echo(WebSocket webSocket) {
        webSocket.onText(webSocket::send);
        webSocket.onBinary(webSocket::send);
    }
}
