package io.posthorn.socketio;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Many events to a room in one turn, to clients of every kind on two loops: each gets all of them, in order. */
class BurstTest {
    private static final int BURSTS = 40;
    private static final int EVENTS = 10;

    private static void bursts(SocketIo io) {
        io.onConnection(socket -> {
            socket.join("room");
            socket.on("burst", Integer.class, from -> {
                for (int i = 0; i < EVENTS; i++) {
                    io.to("room").emit("e", from + i);
                }
            });
        });
    }

    private static String event(int number) {
        return "42[\"e\"," + number + "]";
    }

    @Test
    void clientsOverPollingAndWebSocketGetTheSame() {
        try (SocketIoServer server = new SocketIoServer()) {
            bursts(server.io());
            List<WireClient> clients = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                clients.add(server.connected().quiet()); // and in the room
            }
            PollClient polling = server.pollClient();
            polling.join("");
            inRoom(polling);
            for (int i = 0; i < BURSTS; i++) {
                clients.get(0).send("42[\"burst\"," + i * EVENTS + "]");
            }
            for (int i = 0; i < BURSTS * EVENTS; i++) {
                for (WireClient client : clients) {
                    assertThat(client.next()).isEqualTo(event(i));
                }
                assertThat(polling.next()).isEqualTo(event(i));
            }
            clients.forEach(WireClient::close);
        }
    }

    @Test
    void whoUpgradesInTheMidstMissesNothing() throws Exception {
        try (SocketIoServer server = new SocketIoServer();
                WireClient publisher = server.client()) {
            bursts(server.io());
            publisher.join("");
            publisher.quiet();
            PollClient polling = server.pollClient();
            polling.join("");
            inRoom(polling);
            CompletableFuture<HttpResponse<String>> poll = polling.poll();
            BlockingQueue<String> frames = new LinkedBlockingQueue<>();
            String target = "/socket.io/?EIO=4&transport=websocket&sid=" + polling.sid();
            WebSocket upgraded = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + target), new Texts(frames))
                    .join();
            for (int i = 0; i < BURSTS; i++) {
                publisher.send("42[\"burst\"," + i * EVENTS + "]");
                if (i == BURSTS / 4) {
                    upgraded.sendText("2probe", true).join();
                }
            }
            assertThat(frames.poll(20, TimeUnit.SECONDS)).isEqualTo("3probe");
            List<String> got =
                    new ArrayList<>(packets(poll.get(20, TimeUnit.SECONDS).body()));
            upgraded.sendText("5", true).join();
            while (got.size() < BURSTS * EVENTS) {
                String next = frames.poll(20, TimeUnit.SECONDS);
                assertThat(next).as("after %d events", got.size()).isNotNull();
                got.add(next);
            }
            upgraded.abort();

            for (int i = 0; i < BURSTS * EVENTS; i++) {
                assertThat(got.get(i)).isEqualTo(event(i));
                assertThat(publisher.next()).isEqualTo(event(i));
            }
        }
    }

    @Test
    void whatIsSentToOneAmongThemKeepsItsPlace() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on("go", event -> {
                        for (int i = 0; i < 100; i++) {
                            server.io().emit("all", i);
                            server.io().emit("all", -i);
                            socket.emit("own", i);
                            server.io().emit("all too", i);
                        }
                        socket.disconnect(true);
                    }));
            try (WireClient client = server.connected();
                    WireClient other = server.connected()) {
                client.send("42[\"go\"]");
                for (int i = 0; i < 100; i++) {
                    for (WireClient each : List.of(client, other)) {
                        assertThat(each.next()).isEqualTo("42[\"all\"," + i + "]");
                        assertThat(each.next()).isEqualTo("42[\"all\"," + -i + "]");
                    }
                    assertThat(client.next()).isEqualTo("42[\"own\"," + i + "]");
                    for (WireClient each : List.of(client, other)) {
                        assertThat(each.next()).isEqualTo("42[\"all too\"," + i + "]");
                    }
                }
                assertThat(client.next()).isEqualTo("41");
            }
        }
    }

    @Test
    void theCountersAreThoseOfEachDelivery() {
        try (SocketIoServer server = new SocketIoServer()) {
            bursts(server.io());
            try (WireClient client = server.connected();
                    WireClient other = server.connected()) {
                client.quiet();
                other.quiet();
                long before = server.io().stats().packetsSent();
                client.send("42[\"burst\",0]");
                for (int i = 0; i < EVENTS; i++) {
                    assertThat(client.next()).isEqualTo(event(i));
                    assertThat(other.next()).isEqualTo(event(i));
                }
                client.quiet();
                assertThat(server.io().stats().packetsSent() - before).isEqualTo(2 * EVENTS);
            }
        }
    }

    /** What came before the answer has been done: also what the connection handler does behind the client's answer. */
    private static void inRoom(PollClient client) {
        client.send(WireClient.NO_NAMESPACE);
        assertThat(client.next()).isEqualTo(WireClient.NO_NAMESPACE_ANSWER);
    }

    private static List<String> packets(String body) {
        return List.of(body.split("\u001e")).stream()
                .filter(packet -> packet.startsWith("4"))
                .toList();
    }

    /** Whole texts, as they come. */
    private record Texts(BlockingQueue<String> received) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            received.add(text.toString());
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
