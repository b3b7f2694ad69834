package io.posthorn.playground.conformance;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.playground.conformance.JavaClient.Way;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.client.SocketOptionBuilder;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Each row of what the official Java client expects, asked for by that client, over each way to connect. */
class JavaClientProfileTest {
    private static final byte[] BYTES = {0, 1, -1, 0x1e, 98};

    private final Posthorn main = Profile.JAVA_CLIENT.create(PosthornOptions.defaults());
    private final Posthorn foo = Profile.JAVA_CLIENT.companion().orElseThrow().apply(PosthornOptions.defaults());
    private final List<JavaClient> clients = new ArrayList<>();

    @BeforeEach
    void listen() throws IOException {
        main.listen("127.0.0.1", 0);
        foo.listen("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        clients.forEach(JavaClient::close);
        main.close();
        foo.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aClientIsGreeted(Way way) {
        assertThat(client(way).connect().take("message")).containsExactly("hello client");
        assertThat(fooClient(way).connect().take("message")).containsExactly("hello client");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsSentComesBack(Way way) throws JSONException {
        JavaClient client = client(way).connect();
        client.take("message");
        client.emit("message", "a", 1, true).emit("echo", "えb", new JSONObject("{\"c\":[1.5,null]}"));
        assertThat(client.take("message")).containsExactly("a", 1, true);
        List<Object> back = client.take("echoBack");
        assertThat(back.get(0)).isEqualTo("えb");
        assertThat(back.get(1)).hasToString("{\"c\":[1.5,null]}");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void bytesComeBackAtAnyDepth(Way way) throws JSONException {
        JavaClient client = client(way).connect();
        JSONObject nested = new JSONObject().put("list", new JSONArray().put(BYTES));
        client.emit("echo", BYTES, nested);
        List<Object> back = client.take("echoBack");
        assertThat(back.get(0)).isEqualTo(BYTES);
        assertThat(((JSONObject) back.get(1)).getJSONArray("list").get(0)).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anAcknowledgementHasTheArguments(Way way) {
        JavaClient client = client(way).connect();
        assertThat(client.call("ack", 5, "b")).containsExactly(5, "b");
        assertThat(client.call("ack")).isEmpty();
        assertThat(client.call("ack", BYTES, 1)).containsExactly(BYTES, 1);
        assertThat(client.call("getAckBinary", "")).containsExactly("huehue".getBytes(StandardCharsets.UTF_8));
        Instant date = Instant.parse((String) client.call("getAckDate", "").get(0));
        assertThat(date).isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theServerIsAcknowledged(Way way) {
        JavaClient client = client(way).acknowledge("ack", 5, BYTES).connect();
        client.emit("callAck");
        assertThat(client.take("ackBack")).containsExactly(5, BYTES);
        client.emit("callAckBinary");
        assertThat(client.take("ackBack")).containsExactly(5, BYTES);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aBroadcastReachesTheOthersOnly(Way way) {
        JavaClient sender = client(way).connect();
        JavaClient other = client(way).connect();
        JavaClient another = client(Way.WEB_SOCKET).connect();
        sender.emit("broadcast", "hi", BYTES).emit("echo", "then");
        assertThat(other.take("broadcastBack")).containsExactly("hi", BYTES);
        assertThat(another.take("broadcastBack")).containsExactly("hi", BYTES);
        assertThat(sender.take("echoBack")).containsExactly("then");
        assertThat(sender.hasNone("broadcastBack")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theIdOfASocketIsARoom(Way way) {
        for (JavaClient client : List.of(client(way).connect(), fooClient(way).connect())) {
            client.emit("room", "hi");
            assertThat(client.take("roomBack")).containsExactly("hi");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theServerDisconnectsWhoAsksForIt(Way way) {
        JavaClient client = client(way).connect().emit("requestDisconnect");
        assertThat(client.take(Socket.EVENT_DISCONNECT)).containsExactly("io server disconnect");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theHandshakeHasQueryAndAuth(Way way) throws JSONException {
        SocketOptionBuilder options =
                IO.Options.builder().setQuery("a=b%20c&d=%C3%A4").setAuth(Map.of("token", "t,1?"));
        JavaClient client = client(way, main, "/", options).connect();
        JSONObject handshake = (JSONObject) client.call("getHandshake").get(0);
        assertThat(handshake.getJSONObject("query").getString("a")).isEqualTo("b c");
        assertThat(handshake.getJSONObject("query").getString("d")).isEqualTo("ä");
        assertThat(handshake.getJSONObject("query").has("token")).isFalse();
        assertThat(handshake.getJSONObject("auth").getString("token")).isEqualTo("t,1?");
        assertThat(handshake.getJSONObject("headers").has("host")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"POLLING", "WEB_SOCKET"})
    void aNamespaceEmitsItsHandshake(Way way) throws JSONException {
        SocketOptionBuilder options = IO.Options.builder().setAuth(Map.of("token", "t"));
        JavaClient client = client(way, main, "/abc", options).connect();
        JSONObject handshake = (JSONObject) client.take("handshake").get(0);
        assertThat(handshake.getJSONObject("auth").getString("token")).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/timeout_socket", "/valid", "/asd"})
    void aNamespaceWithoutHandlersExists(String namespace) {
        JavaClient client = client(Way.POLLING, main, namespace, IO.Options.builder());
        assertThat(client.connect().id()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "POLLING    | /no   | auth failed       | {\"a\":\"b\",\"c\":3}",
                "WEB_SOCKET | /no   | auth failed       | {\"a\":\"b\",\"c\":3}",
                "POLLING    | /none | Invalid namespace | null",
                "WEB_SOCKET | /none | Invalid namespace | null"
            })
    void aRefusalHasItsWordsAndItsData(Way way, String namespace, String message, String data) throws JSONException {
        JSONObject error = (JSONObject) client(way, main, namespace, IO.Options.builder())
                .connectInVain()
                .get(0);
        assertThat(error.getString("message")).isEqualTo(message);
        assertThat(String.valueOf(error.opt("data"))).isEqualTo(data);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsEmittedDuringAnUpgradeKeepsItsOrder(Way way) {
        JavaClient client = client(way).begin();
        int count = 300;
        IntStream.range(0, count).forEach(i -> client.emit("echo", i, BYTES));
        for (int i = 0; i < count; i++) {
            assertThat(client.take("echoBack")).containsExactly(i, BYTES);
        }
        if (way == Way.WEB_SOCKET) {
            assertThat(client.messagesByTransport().get(0)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"POLLING,polling", "WEB_SOCKET,websocket", "UPGRADE,polling", "UPGRADE,websocket"})
    void aHeaderOfTheRequestIsOneOfTheAnswer(Way way, String transport) {
        SocketOptionBuilder options = IO.Options.builder().setExtraHeaders(Map.of("X-SocketIO", List.of("hi")));
        JavaClient client = client(way, main, "/", options).connect();
        assertThat(client.responseHeaders(transport)).containsEntry("x-socketio", List.of("hi"));
        assertThat(client(way).connect().responseHeaders(transport))
                .isNotEmpty()
                .doesNotContainKey("x-socketio");
    }

    private JavaClient client(Way way) {
        return client(way, main, "/", IO.Options.builder());
    }

    private JavaClient fooClient(Way way) {
        return client(way, foo, "/foo", IO.Options.builder());
    }

    private JavaClient client(Way way, Posthorn server, String namespace, SocketOptionBuilder options) {
        URI address = URI.create("http://127.0.0.1:" + server.port() + namespace);
        JavaClient client = new JavaClient(way, address, options);
        clients.add(client);
        return client;
    }
}
