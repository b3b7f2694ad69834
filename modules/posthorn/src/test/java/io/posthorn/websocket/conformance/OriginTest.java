package io.posthorn.websocket.conformance;

import io.posthorn.Posthorn;
import io.posthorn.http.OriginPolicy;
import io.posthorn.websocket.WebSocketOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Which pages may connect: their own server's, those that are listed, or all (RFC 6455 10.2). */
class OriginTest {
    private static final Posthorn POSTHORN = Posthorn.create();

    private static InetSocketAddress address = new InetSocketAddress(0);

    @BeforeAll
    static void listen() throws IOException {
        WebSocketOptions options = WebSocketOptions.defaults();
        OriginPolicy listed = OriginPolicy.of("https://example.org", "http://localhost:3000");
        POSTHORN.webSocket("/echo", ws -> ws.onText(ws::send));
        POSTHORN.webSocket("/listed", options.withOrigins(listed), ws -> ws.onText(ws::send));
        POSTHORN.webSocket("/open", options.withOrigins(OriginPolicy.any()), ws -> ws.onText(ws::send));
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), POSTHORN.listen("127.0.0.1", 0));
    }

    @AfterAll
    static void close() {
        POSTHORN.close();
    }

    @TestFactory
    Stream<DynamicTest> aPagesOriginDecides() {
        String own = "http://127.0.0.1:" + address.getPort();
        return Stream.of(
                origin("/echo", own, 101),
                origin("/echo", "http://127.0.0.1", 403),
                origin("/echo", "https://127.0.0.1:" + address.getPort(), 403),
                origin("/echo", "http://127.0.0.1.example.org:" + address.getPort(), 403),
                origin("/echo", "https://example.org", 403),
                origin("/echo", "null", 403),
                origin("/echo", "", 403),
                origin("/listed", own, 101),
                origin("/listed", "https://example.org", 101),
                origin("/listed", "HTTPS://Example.ORG", 101),
                origin("/listed", "https://example.org:443", 101),
                origin("/listed", "http://localhost:3000", 101),
                origin("/listed", "http://example.org", 403),
                origin("/listed", "https://example.org:8443", 403),
                origin("/listed", "https://sub.example.org", 403),
                origin("/listed", "https://example.org.evil.net", 403),
                origin("/listed", "http://localhost:3001", 403),
                origin("/listed", "null", 403),
                origin("/open", "https://anything.example", 101),
                origin("/open", "null", 101));
    }

    @TestFactory
    Stream<DynamicTest> aRequestWithoutAnOriginPasses() {
        return Stream.of("/echo", "/listed", "/open")
                .map(path -> DynamicTest.dynamicTest(
                        path, () -> assertThat(status(request(path))).isEqualTo(101)));
    }

    private static DynamicTest origin(String path, String origin, int status) {
        return DynamicTest.dynamicTest(
                path + " from \"" + origin + "\" is " + status,
                () -> assertThat(status(request(path).with("Origin", origin))).isEqualTo(status));
    }

    private static int status(HandshakeRequest request) {
        return HandshakeResponse.to(request, address).status();
    }

    private static HandshakeRequest request(String path) {
        return HandshakeRequest.of("127.0.0.1:" + address.getPort(), path);
    }
}
