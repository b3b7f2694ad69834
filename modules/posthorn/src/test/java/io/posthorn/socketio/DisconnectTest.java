package io.posthorn.socketio;

import io.posthorn.engineio.EngineOptions;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How sockets end, and what the application is told. */
class DisconnectTest {
    private final BlockingQueue<String> reasons = new LinkedBlockingQueue<>();

    private SocketIoServer server(SocketIoOptions options) {
        SocketIoServer server = new SocketIoServer(options);
        server.io().onConnection(this::watch);
        return server;
    }

    private SocketIoServer server() {
        return server(SocketIoOptions.defaults());
    }

    private void watch(Socket socket) {
        socket.on("end", Boolean.class, socket::disconnect);
        socket.onDisconnect((reason, description) -> reasons.add(reason.text()));
    }

    private void assertReason(String reason) {
        try {
            assertThat(reasons.poll(20, TimeUnit.SECONDS)).isEqualTo(reason);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aClientThatLeavesTheNamespaceIsClientNamespaceDisconnectAndItsConnectionStays() {
        try (SocketIoServer server = server();
                WireClient client = server.connected()) {
            client.send("41").quiet();
            assertReason("client namespace disconnect");
            assertThat(server.io().clients()).isEqualTo(1);
        }
    }

    @Test
    void aSocketThatTheServerEndsIsServerNamespaceDisconnectAndItsConnectionStays() {
        try (SocketIoServer server = server();
                WireClient client = server.client()) {
            server.io().of("/news").onConnection(this::watch);
            client.join("");
            client.join("/news,");
            client.send("42/news,[\"end\",false]");
            assertThat(client.next()).isEqualTo("41/news,");
            assertReason("server namespace disconnect");
            client.quiet();
            assertThat(server.io().sockets()).hasSize(1);
            assertThat(server.io().clients()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatTheServerEndsTellsAllItsSocketsAndTheClient() {
        try (SocketIoServer server = server();
                WireClient client = server.client()) {
            server.io().of("/news").onConnection(this::watch);
            client.join("");
            client.join("/news,");
            client.send("42[\"end\",true]");
            assertThat(client.next()).isIn("41", "41/news,");
            assertThat(client.next()).isIn("41", "41/news,");
            assertThat(client.end()).isEqualTo(1005);
            assertReason("server namespace disconnect");
            assertReason("server namespace disconnect");
            await().until(() -> server.io().clients() == 0);
        }
    }

    @Test
    void overPollingTheServersEndIsTheLastPacket() {
        try (SocketIoServer server = server()) {
            PollClient client = server.pollClient();
            client.join("");
            client.send("42[\"end\",true]");
            assertThat(client.next()).isEqualTo("41");
            assertThat(client.next()).isEqualTo("1");
            assertThat(client.poll().join().statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aWebSocketThatEndsIsTransportClose() {
        try (SocketIoServer server = server()) {
            try (WireClient client = server.connected()) {
                client.leave();
                assertReason("transport close");
            }
            try (WireClient client = server.connected()) {
                client.quiet();
            }
            assertReason("transport close");
        }
    }

    @Test
    void aSessionThatTheClientClosesIsTransportClose() {
        try (SocketIoServer server = server()) {
            PollClient client = server.pollClient();
            client.join("");
            client.send("1");
            assertReason("transport close");
        }
    }

    @Test
    void aClientThatBreaksItsTransportIsTransportError() {
        try (SocketIoServer server = server();
                WireClient client = server.connected()) {
            // In this revision the server sends the pings.
            client.send("2");
            assertReason("transport error");
        }
    }

    @Test
    void aClientThatSendsWhatIsNoPacketIsParseError() {
        try (SocketIoServer server = server();
                WireClient client = server.connected()) {
            assertThat(client.send("4abc").end()).isEqualTo(1005);
            assertReason("parse error");
        }
    }

    @Test
    void aClientThatSpeaksOutOfTurnIsForcedServerClose() {
        try (SocketIoServer server = server();
                WireClient client = server.connected()) {
            assertThat(client.send("40").end()).isEqualTo(1005);
            assertReason("forced server close");
        }
    }

    @Test
    void aClientThatAnswersNoPingIsPingTimeout() {
        EngineOptions pings = EngineOptions.defaults().withPings(Duration.ofMillis(50), Duration.ofMillis(50));
        try (SocketIoServer server = server(SocketIoOptions.defaults().withEngine(pings))) {
            PollClient client = server.pollClient();
            client.post("40");
            assertReason("ping timeout");
        }
    }

    @Test
    void aServerThatClosesIsServerShuttingDown() {
        try (SocketIoServer server = server();
                WireClient client = server.connected()) {
            server.io().close(Duration.ofSeconds(15));
            assertReason("server shutting down");
            assertThat(client.end()).isEqualTo(1005);
        }
    }

    @Test
    void aSessionThatIsClosedFromBelowIsForcedClose() {
        try (SocketIoServer server = server();
                WireClient client = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            socket.loop().mailbox().execute(socket.connection().client().session()::close);
            assertReason("forced close");
            assertThat(client.end()).isEqualTo(1005);
        }
    }

    @Test
    void disconnectingStillSeesTheRoomsAndDisconnectDoesNot() {
        Queue<Object> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.join("room");
                socket.onDisconnect((reason, description) -> seen.add(socket.rooms()));
                socket.onDisconnecting((reason, description) -> {
                    seen.add(socket.rooms().contains("room"));
                    seen.add(socket.isConnected());
                    socket.to("room").emit("left", reason);
                });
            });
            try (WireClient stays = server.connected();
                    WireClient leaves = server.connected()) {
                leaves.send("41").quiet();
                assertThat(stays.next()).isEqualTo("42[\"left\",\"client namespace disconnect\"]");
            }
        }
        assertThat(seen).startsWith(true, false, Set.of());
    }

    @Test
    void disconnectComesBehindTheEventsThatAreQueued() {
        CountDownLatch gate = new CountDownLatch(1);
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.on("e", EventHandler.blocking(event -> {
                    gate.await();
                    seen.add(event.text(0) + " " + socket.rooms().contains("room"));
                }));
                socket.join("room");
                socket.onDisconnecting((reason, description) -> seen.add("disconnecting"));
                socket.onDisconnect((reason, description) -> seen.add(reason + " " + socket.rooms()));
            });
            try (WireClient client = server.connected()) {
                client.send("42[\"e\",\"one\"]")
                        .send("42[\"e\",\"two\"]")
                        .send("41")
                        .quiet();
                assertThat(server.io().sockets()).isEmpty();
                gate.countDown();
                await().until(() -> seen.size() == 4);
            }
        }
        assertThat(seen).containsExactly("one true", "two true", "disconnecting", "client namespace disconnect []");
    }

    @Test
    void aSocketEndsOnlyOnce() {
        try (SocketIoServer server = server();
                WireClient client = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            socket.disconnect();
            socket.disconnect();
            socket.disconnect(true);
            assertThat(client.next()).isEqualTo("41");
            assertThat(client.end()).isEqualTo(1005);
            assertReason("server namespace disconnect");
            await().until(() -> server.io().clients() == 0);
            assertThat(reasons).isEmpty();
            assertThat(server.io().stats().disconnected()).isEqualTo(1);
        }
    }

    @Test
    void whatIsSentBeforeTheEndStillReachesTheClient() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.emit("bye");
                socket.disconnect(true);
                socket.emit("lost");
            });
            try (WireClient client = server.connected()) {
                assertThat(client.next()).isEqualTo("42[\"bye\"]");
                assertThat(client.next()).isEqualTo("41");
                assertThat(client.end()).isEqualTo(1005);
            }
        }
    }

    @Test
    void aSocketThatEndedIsNotSentAnything() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            client.send("41").quiet();
            assertThat(socket.isConnected()).isFalse();
            socket.emit("lost").join("room");
            server.io().emit("lost");
            server.io().to(socket.id()).emit("lost");
            client.quiet();
        }
    }

    @Test
    void noEventIsHandledAfterTheServerEndedTheSocket() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on("e", event -> {
                        seen.add(event.text(0));
                        socket.disconnect();
                    }));
            try (WireClient client = server.connected()) {
                client.send("42[\"e\",\"one\"]").send("42[\"e\",\"two\"]");
                assertThat(client.next()).isEqualTo("41");
                client.quiet();
            }
        }
        assertThat(seen).containsExactly("one");
    }

    @Test
    void aReasonIsItsWordsAsAnArgument() {
        for (DisconnectReason reason : DisconnectReason.values()) {
            assertThat(reason).hasToString(reason.text());
            assertThat(reason.jsonText()).isEqualTo(reason.text());
        }
    }
}
