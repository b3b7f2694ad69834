package io.posthorn.socketio;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What a socket knows of its beginning. */
class HandshakeTest {
    private static final String QUERY = "&user=a%20b&tag=1&tag=2";

    private static Handshake handshake(String connect) {
        CompletableFuture<Handshake> handshake = new CompletableFuture<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> handshake.complete(socket.handshake()));
            try (WireClient client = new WireClient(server.port(), "/socket.io/?EIO=4&transport=websocket" + QUERY)) {
                client.send(connect);
                return handshake.orTimeout(20, TimeUnit.SECONDS).join();
            }
        }
    }

    @Test
    void theQueryIsDecoded() {
        Handshake handshake = handshake("40");
        assertThat(handshake.query())
                .containsEntry("user", List.of("a b"))
                .containsEntry("tag", List.of("1", "2"))
                .containsEntry("EIO", List.of("4"))
                .containsEntry("transport", List.of("websocket"));
    }

    @Test
    void theUrlIsTheTargetAsItWasSent() {
        assertThat(handshake("40").url()).isEqualTo("/socket.io/?EIO=4&transport=websocket" + QUERY);
    }

    @Test
    void theHeadersHaveNamesInLowerCase() {
        assertThat(handshake("40").headers()).containsKeys("host", "upgrade", "sec-websocket-key");
    }

    @Test
    void theAddressIsTheClients() {
        Handshake handshake = handshake("40");
        assertThat(handshake.address()).isEqualTo("127.0.0.1");
        assertThat(handshake.isSecure()).isFalse();
        assertThat(handshake.isCrossDomain()).isFalse();
    }

    @Test
    void theTimeIsThatOfTheConnect() {
        Instant before = Instant.now();
        assertThat(handshake("40").issued()).isBetween(before, Instant.now());
    }

    @Test
    void allOfItIsAsNodeHasIt() {
        Handshake handshake = handshake("40{\"token\":\"x\"}");
        assertThat(handshake.toMap())
                .containsOnlyKeys("headers", "time", "address", "xdomain", "secure", "issued", "url", "query", "auth")
                .containsEntry("address", "127.0.0.1")
                .containsEntry("xdomain", false)
                .containsEntry("secure", false)
                .containsEntry("issued", handshake.issued().toEpochMilli())
                .containsEntry("time", handshake.issued().toString())
                .containsEntry("auth", Map.of("token", "x"));
        assertThat(handshake.toMap().get("query"))
                .isEqualTo(Map.of("EIO", "4", "transport", "websocket", "user", "a b", "tag", List.of("1", "2")));
    }

    @Test
    void eachNamespaceHasItsOwnAuthOverOneConnection() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            ConnectionHandler tell =
                    socket -> socket.emit("auth", socket.handshake().auth());
            server.io().onConnection(tell);
            server.io().of("/news").onConnection(tell);
            client.send("40{\"a\":1}");
            assertThat(client.next()).startsWith("40{\"sid\":");
            assertThat(client.next()).isEqualTo("42[\"auth\",{\"a\":1}]");
            client.send("40/news,{\"b\":2}");
            assertThat(client.next()).startsWith("40/news,{\"sid\":");
            assertThat(client.next()).isEqualTo("42/news,[\"auth\",{\"b\":2}]");
        }
    }

    @Test
    void whatTheApplicationKeepsWithASocketIsItsOwn() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient first = server.client();
                WireClient second = server.client()) {
            Socket one = server.io().of("/").socket(first.join("")).orElseThrow();
            Socket two = server.io().of("/").socket(second.join("")).orElseThrow();
            one.data().put("name", "ann");
            assertThat(one.data()).containsEntry("name", "ann");
            assertThat(two.data()).isEmpty();
        }
    }
}
