package io.posthorn.socketio;

import io.posthorn.loop.HandlerThread;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

/** What one thread does happens in its order, whichever thread it is. */
class EmitOrderTest {
    private static final int ROUNDS = 300;

    /** Joins, tells, leaves: over and over; the client sees exactly what an observer of each step expects. */
    private static void moves(SocketIo io, Socket socket) {
        for (int i = 0; i < ROUNDS; i++) {
            socket.join("room");
            io.to("room").emit("room", i);
            socket.leave("room");
            io.to("room").emit("lost", i);
            io.emit("all", i);
            socket.emit("own", i);
        }
        socket.emit("done");
    }

    private static void assertMoves(WireClient client) {
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(client.next()).isEqualTo("42[\"room\"," + i + "]");
            assertThat(client.next()).isEqualTo("42[\"all\"," + i + "]");
            assertThat(client.next()).isEqualTo("42[\"own\"," + i + "]");
        }
        assertThat(client.next()).isEqualTo("42[\"done\"]");
    }

    @Test
    void onTheLoopOfTheSocket() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("go", event -> moves(server.io(), socket)));
            try (WireClient client = server.connected()) {
                assertMoves(client.send("42[\"go\"]"));
            }
        }
    }

    @Test
    void onAThreadThatMayBlock() {
        SocketIoOptions options = SocketIoOptions.defaults().withHandlers(HandlerThread.BLOCKING);
        try (SocketIoServer server = new SocketIoServer(options)) {
            server.io().onConnection(socket -> socket.on("go", event -> moves(server.io(), socket)));
            try (WireClient client = server.connected()) {
                assertMoves(client.send("42[\"go\"]"));
            }
        }
    }

    @Test
    void onAThreadThatTheServerDoesNotKnow() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            Socket socket = server.io().of("/").socket(client.join("")).orElseThrow();
            moves(server.io(), socket);
            assertMoves(client);
        }
    }

    @Test
    void onTheLoopOfAnotherSocket() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on(
                            "go",
                            String.class,
                            id -> moves(
                                    server.io(), server.io().of("/").socket(id).orElseThrow())));
            try (WireClient client = server.client();
                    WireClient second = server.connected();
                    WireClient third = server.connected()) {
                String id = client.join("");
                // Of two more sockets on two loops, one at least lives elsewhere, or both at home.
                for (WireClient mover : List.of(second, third)) {
                    mover.send("42[\"go\",\"" + id + "\"]");
                    assertMoves(client);
                }
            }
        }
    }

    @Test
    void whatSeveralThreadsSendKeepsEachOnesOrder() throws Exception {
        int threads = 4;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            Socket socket = server.io().of("/").socket(client.join("")).orElseThrow();
            List<CompletableFuture<Void>> senders = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int name = t;
                senders.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                if (i % 2 == 0) {
                                    socket.emit("e" + name, i);
                                } else {
                                    server.io().emit("e" + name, i);
                                }
                            }
                        },
                        executor));
            }
            int[] next = new int[threads];
            for (int i = 0; i < threads * ROUNDS; i++) {
                String packet = client.next();
                int name = packet.charAt(5) - '0';
                assertThat(packet).isEqualTo("42[\"e" + name + "\"," + next[name]++ + "]");
            }
            senders.forEach(CompletableFuture::join);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void anAcknowledgementComesBehindWhatWasSentBefore() {
        for (HandlerThread thread : List.of(HandlerThread.LOOP, HandlerThread.BLOCKING)) {
            SocketIoOptions options = SocketIoOptions.defaults().withHandlers(thread);
            try (SocketIoServer server = new SocketIoServer(options)) {
                server.io()
                        .onConnection(socket -> socket.on("e", event -> {
                            socket.emit("one");
                            server.io().emit("two");
                            event.ack();
                            socket.emit("three");
                        }));
                try (WireClient client = server.connected()) {
                    client.send("427[\"e\"]");
                    assertThat(List.of(client.next(), client.next(), client.next(), client.next()))
                            .containsExactly("42[\"one\"]", "42[\"two\"]", "437[]", "42[\"three\"]");
                }
            }
        }
    }

    @Test
    void overPollingTheOrderIsTheSame() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on("go", event -> {
                        for (int i = 0; i < ROUNDS; i++) {
                            server.io().emit("all", i);
                            socket.emit("own", i);
                        }
                    }));
            PollClient client = server.pollClient();
            client.join("");
            client.send("42[\"go\"]");
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(client.next()).isEqualTo("42[\"all\"," + i + "]");
                assertThat(client.next()).isEqualTo("42[\"own\"," + i + "]");
            }
        }
    }

    @Test
    void eventsOfOnePostAreHandledInTheirOrder() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("echo", event -> event.ack(event.args())));
            PollClient client = server.pollClient();
            client.send("40", "420[\"echo\",0]", "421[\"echo\",1]");
            assertThat(client.next()).startsWith("40{\"sid\":");
            assertThat(client.next()).isEqualTo("430[0]");
            assertThat(client.next()).isEqualTo("431[1]");
        }
    }
}
