package io.posthorn.socketio;

import io.posthorn.transport.TransportType;
import io.socket.client.AckWithTimeout;
import io.socket.client.IO;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The official Java client, over each of the ways that it knows. */
class JavaClientTest {
    private static final int EVENTS = 200;

    private final SocketIoServer server = new SocketIoServer();
    private final BlockingQueue<List<Object>> received = new LinkedBlockingQueue<>();
    private final List<io.socket.client.Socket> clients = new ArrayList<>();

    enum Way {
        POLLING,
        WEB_SOCKET,
        UPGRADE;

        String[] transports() {
            return switch (this) {
                case POLLING -> new String[] {"polling"};
                case WEB_SOCKET -> new String[] {"websocket"};
                case UPGRADE -> new String[] {"polling", "websocket"};
            };
        }
    }

    @BeforeEach
    void serve() {
        server.io().onConnection(socket -> {
            socket.on("echo", event -> event.ack(event.args()));
            socket.on("send", event -> socket.emit("sent", event.args()));
            socket.on("join", String.class, (room, ack) -> {
                socket.join(room);
                ack.send();
            });
            socket.on("leave me", event -> socket.disconnect());
        });
        Namespace guarded = server.io().of("/guarded");
        guarded.use((socket, next) -> {
            if ("open sesame".equals(socket.handshake().auth().get("token"))) {
                next.proceed();
            } else {
                next.refuse("not you", Map.of("code", 7));
            }
        });
    }

    @AfterEach
    void close() {
        clients.forEach(client -> client.io().reconnection(false));
        clients.forEach(io.socket.client.Socket::disconnect);
        server.close();
    }

    private io.socket.client.Socket client(Way way, String namespace, Map<String, String> auth) {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setTransports(way.transports())
                .setAuth(auth)
                .build();
        io.socket.client.Socket client =
                IO.socket(URI.create("http://127.0.0.1:" + server.port() + namespace), options);
        clients.add(client);
        for (String event : List.of("sent", "news", "connect_error", "disconnect")) {
            client.on(event, arguments -> {
                List<Object> all = new ArrayList<>(List.of(event));
                all.addAll(Arrays.asList(arguments));
                received.add(all);
            });
        }
        return client;
    }

    private io.socket.client.Socket connected(Way way) {
        io.socket.client.Socket client = client(way, "/", Map.of());
        client.connect();
        await().until(client::connected);
        if (way == Way.UPGRADE) {
            Socket socket = server.io().of("/").socket(client.id()).orElseThrow();
            await().until(() -> socket.transport() == TransportType.WEB_SOCKET);
        }
        return client;
    }

    private List<Object> next() throws InterruptedException {
        List<Object> next = received.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    /** What the server acknowledges with. */
    private static List<Object> ask(io.socket.client.Socket client, String event, Object... arguments)
            throws InterruptedException {
        BlockingQueue<List<Object>> answers = new LinkedBlockingQueue<>();
        client.emit(event, arguments, new AckWithTimeout(20_000) {
            @Override
            public void onSuccess(Object... values) {
                answers.add(Arrays.asList(values));
            }

            @Override
            public void onTimeout() {
                answers.add(List.of("timeout"));
            }
        });
        return answers.take();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itConnectsAndIsAcknowledged(Way way) throws Exception {
        io.socket.client.Socket client = connected(way);
        assertThat(server.io().of("/").socket(client.id())).isPresent();
        List<Object> answer = ask(client, "echo", 1, "zwei", new JSONObject(Map.of("k", true)));
        assertThat(answer.subList(0, 2)).containsExactly(1, "zwei");
        assertThat(((JSONObject) answer.get(2)).getBoolean("k")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itSendsAndGetsBytesAtAnyDepth(Way way) throws Exception {
        io.socket.client.Socket client = connected(way);
        JSONObject deep = new JSONObject().put("list", new JSONArray().put(new byte[] {1, 2, 3}));
        client.emit("send", new byte[] {9}, deep);
        List<Object> sent = next();
        assertThat(sent).hasSize(3);
        assertThat((byte[]) sent.get(1)).containsExactly(9);
        assertThat((byte[]) ((JSONObject) sent.get(2)).getJSONArray("list").get(0))
                .containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itGetsEverythingInOrder(Way way) throws Exception {
        io.socket.client.Socket client = client(way, "/", Map.of());
        // Sent while it connects, and while it upgrades.
        for (int i = 0; i < EVENTS; i++) {
            client.emit("send", i);
        }
        client.connect();
        for (int i = 0; i < EVENTS; i++) {
            assertThat(next()).containsExactly("sent", i);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itGetsBroadcastsOfItsRooms(Way way) throws Exception {
        io.socket.client.Socket client = connected(way);
        assertThat(ask(client, "join", "sports")).isEmpty();
        server.io().to("politics").emit("news", "lost");
        server.io().to("sports").emit("news", "goal");
        server.io().emit("news", "all");
        assertThat(next()).containsExactly("news", "goal");
        assertThat(next()).containsExactly("news", "all");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itAcknowledges(Way way) throws Exception {
        io.socket.client.Socket client = connected(way);
        client.on("question", arguments -> ((io.socket.client.Ack) arguments[1]).call("answer to " + arguments[0], 2));
        Arguments answer = server.io()
                .of("/")
                .socket(client.id())
                .orElseThrow()
                .emitWithAck("question", "x")
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(answer.text(0)).isEqualTo("answer to x");
        assertThat(answer.arg(1, Integer.class)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itHearsThatTheServerEndedIt(Way way) throws Exception {
        connected(way).emit("leave me");
        assertThat(next()).containsExactly("disconnect", "io server disconnect");
    }

    @Test
    void itHearsWhyItWasRefused() throws InterruptedException, JSONException {
        client(Way.WEB_SOCKET, "/guarded", Map.of("token", "wrong")).connect();
        List<Object> error = next();
        assertThat(error.get(0)).isEqualTo("connect_error");
        JSONObject why = (JSONObject) error.get(1);
        assertThat(why.getString("message")).isEqualTo("not you");
        assertThat(why.getJSONObject("data").getInt("code")).isEqualTo(7);
    }

    @Test
    void itIsLetInWithTheRightAuth() {
        io.socket.client.Socket client = client(Way.WEB_SOCKET, "/guarded", Map.of("token", "open sesame"));
        client.connect();
        await().until(client::connected);
    }

    @Test
    void itHearsThatThereIsNoSuchNamespace() throws InterruptedException, JSONException {
        client(Way.WEB_SOCKET, "/nowhere", Map.of()).connect();
        List<Object> error = next();
        assertThat(error.get(0)).isEqualTo("connect_error");
        assertThat(((JSONObject) error.get(1)).getString("message")).isEqualTo("Invalid namespace");
    }
}
