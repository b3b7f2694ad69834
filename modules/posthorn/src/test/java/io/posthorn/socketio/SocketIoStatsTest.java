package io.posthorn.socketio;

import io.posthorn.json.TypeRef;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a Socket.IO server counts. */
class SocketIoStatsTest {
    @Test
    void everythingThatHappensIsCounted() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onError((socket, failure) -> {});
            server.io().onConnection(socket -> {
                socket.on("ask", event -> socket.emitWithAck("q"));
                socket.on("number", Integer.class, number -> {});
                socket.on("list", new TypeRef<List<Integer>>() {}, list -> list.get(0));
            });
            server.io().of("/closed").use((socket, next) -> next.refuse("no"));
            try (WireClient first = server.connected();
                    WireClient second = server.connected()) {
                first.send("42[\"ask\"]").next();
                first.send("430[]").send("42[\"number\",\"x\"]").send("42[\"list\",[]]");
                assertThat(first.send("40/closed,").next()).startsWith("44/closed,");
                assertThat(first.send("40/unknown,").next()).startsWith("44/unknown,");
                server.io().emit("all");
                first.next();
                second.next();
                // What is sent at once may arrive before it is counted.
                await().untilAsserted(() ->
                        assertThat(server.io().stats()).isEqualTo(new SocketIoStats(2, 0, 2, 0, 0, 4, 3, 1, 1, 1)));
                assertThat(server.io().stats().sockets()).isEqualTo(2);
                assertThat(server.io().clients()).isEqualTo(2);
                second.send("40").closeCode();
            }
            await().until(() -> server.io().stats().disconnected() == 2);
            assertThat(server.io().stats().violations()).isEqualTo(1);
            assertThat(server.io().stats().sockets()).isZero();
            assertThat(server.posthorn().stats().socketIo())
                    .isEqualTo(server.io().stats());
        }
    }

    @Test
    void theServersCountersAreThoseOfAllItsSocketIoServers() {
        try (SocketIoServer server = new SocketIoServer()) {
            SocketIo other = server.posthorn().socketIo("/other/", SocketIoOptions.defaults());
            try (WireClient client = server.connected();
                    WireClient there = new WireClient(server.port(), "/other/?EIO=4&transport=websocket")) {
                there.join("");
                client.quiet();
                assertThat(other.stats().connected()).isEqualTo(1);
                assertThat(server.posthorn().stats().socketIo().connected()).isEqualTo(2);
            }
        }
    }

    @Test
    void theyAreShownAsMetrics() throws IOException, InterruptedException {
        try (SocketIoServer server = new SocketIoServer()) {
            server.posthorn().metrics("/metrics");
            try (WireClient client = server.connected()) {
                client.quiet();
                URI uri = URI.create("http://127.0.0.1:" + server.port() + "/metrics");
                assertThat(HttpClient.newHttpClient()
                                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                                .body())
                        .contains("\nposthorn_socketio_sockets 1\n")
                        .contains("\nposthorn_socketio_connected_total 1\n")
                        .contains("\nposthorn_socketio_refused_total 2\n");
            }
        }
    }
}
