package io.posthorn.socketio;

import io.posthorn.http.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What strangers try with sockets, each tried here, and that nothing comes of it. */
class AttacksTest {
    private static final int NO_STATUS = 1005;

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void aSocketsIdIsPublicAndOpensNoSession(String transport) {
        try (SocketIoServer server = new SocketIoServer();
                WireClient victim = server.client();
                RawClient attacker = new RawClient(server.port())) {
            String id = victim.join("");
            assertThat(refused(attacker, transport, "&sid=" + id, ""))
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("{\"code\":1,\"message\":\"Session ID unknown\"}");

            server.io().to(id).emit("secret");
            assertThat(victim.next()).isEqualTo("42[\"secret\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void aPageOfAnotherOriginDoesNotConnectUnlessTheApplicationWantsIt(String transport) {
        try (SocketIoServer server = new SocketIoServer();
                RawClient attacker = new RawClient(server.port())) {
            assertThat(refused(attacker, transport, "", "Origin: https://evil.example"))
                    .startsWith("HTTP/1.1 403 ")
                    .doesNotContainIgnoringCase("access-control-allow");
            assertThat(server.io().clients()).isZero();
        }
    }

    @Test
    void beforeItsConnectAClientHearsNothing() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().emit("secret");
            client.quiet();
            assertThat(server.io().sockets()).isEmpty();
        }
    }

    @Test
    void aClientThatWasRefusedHearsNothing() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> {
                socket.join("room");
                next.refuse("no");
            });
            assertThat(client.send("40{\"token\":\"wrong\"}").next()).isEqualTo("44{\"message\":\"no\"}");
            server.io().emit("secret");
            server.io().to("room").emit("secret");
            client.quiet();
            assertThat(server.io().sockets()).isEmpty();
        }
    }

    @Test
    void aConnectWithoutAuthPassesTheMiddlewareToo() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> {
                if (socket.handshake().auth().containsKey("token")) {
                    next.proceed();
                } else {
                    next.refuse("no token");
                }
            });
            assertThat(client.send("40").next()).isEqualTo("44{\"message\":\"no token\"}");
            assertThat(client.send("4").next()).isEqualTo("44{\"message\":\"no token\"}");
            assertThat(client.send("40{\"token\":1}").next()).startsWith("40{\"sid\":");
        }
    }

    @Test
    void anEventNamedErrorIsAnEventAndNoFailure() {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onError((socket, failure) -> failures.add(failure));
            try (WireClient client = server.connected()) {
                client.send("42[\"error\",\"crash\"]").quiet();
            }
            server.io().onConnection(socket -> socket.on("error", event -> event.ack(event.text(0))));
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"error\",\"crash\"]").next()).isEqualTo("431[\"crash\"]");
            }
        }
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "@class"})
    void namesThatMeanSomethingElsewhereAreNames(String name) {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.on(name, event -> {
                    socket.join(name);
                    event.ack(event.args());
                });
                socket.on("rooms", event -> event.ack(socket.rooms().contains(name)));
            });
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"toLocaleString\",1]")
                                .send("422[\"" + name + "\",{\"" + name + "\":{\"a\":\"java.lang.Runtime\"}}]")
                                .next())
                        .isEqualTo("432[{\"" + name + "\":{\"a\":\"java.lang.Runtime\"}}]");
                assertThat(client.send("423[\"rooms\"]").next()).isEqualTo("433[true]");
                server.io().to(name).emit(name, name);
                assertThat(client.next()).isEqualTo("42[\"" + name + "\",\"" + name + "\"]");
            }
        }
    }

    @Test
    void anotherSpellingOfAPlaceholderStaysWhatItIs() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("echo", event -> event.ack(event.args())));
            try (WireClient client = server.connected()) {
                String text = "{\"_placeholder\":true,\"num\":0}";
                assertThat(client.send("421[\"echo\"," + text + "]").next()).isEqualTo("431[" + text + "]");
            }
        }
    }

    @Test
    void aNumberThatIsHugeWhenWrittenOutIsNotWrittenOut() {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onError((socket, failure) -> failures.add(failure));
            server.io().onConnection(socket -> socket.on("number", BigInteger.class, number -> socket.emit("taken")));
            try (WireClient client = server.connected()) {
                client.send("42[\"number\",1e999999999]").quiet();
                await().until(() -> !failures.isEmpty());
                assertThat(failures).singleElement().isInstanceOf(ArgumentException.class);
                assertThat(client.send("42[\"number\",12]").next()).isEqualTo("42[\"taken\"]");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"451000-[\"e\"]", "4511-[\"e\"]", "4599999999999999999999-[\"e\"]", "461000-[1]"})
    void tooManyAttachmentsAreRefusedBeforeTheFirstComes(String packet) {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            assertThat(client.send(packet).closeCode()).isEqualTo(NO_STATUS);
            assertThat(server.io().stats().violations()).isOne();
        }
    }

    @Test
    void attachmentsThatDoNotComeInTimeCloseTheConnection() {
        SocketIoOptions options = SocketIoOptions.defaults()
                .withLimits(SocketIoLimits.defaults().withAttachmentTimeout(Duration.ofMillis(200)));
        try (SocketIoServer server = new SocketIoServer(options);
                WireClient whole = server.connected();
                WireClient half = server.connected()) {
            String packet = "452-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
            whole.send(packet).send(new byte[] {1}).send(new byte[] {2});
            half.send(packet).send(new byte[] {1});
            assertThat(half.closeCode()).isEqualTo(NO_STATUS);
            await().until(() -> server.io().clients() == 1);
            assertThat(server.io().stats().violations()).isOne();
            whole.quiet();
        }
    }

    @Test
    void namespacesThatAreAskedForAreNotMade() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            for (int i = 0; i < 1000; i++) {
                client.send("40/" + i + ",");
                assertThat(client.next()).isEqualTo("44/" + i + ",{\"message\":\"Invalid namespace\"}");
            }
            assertThat(server.io().namespaces()).hasSize(1);
        }
    }

    @Test
    void whoAsksForNamespacesThatAreNotThereHasNoMoreTimeThanOthers() {
        SocketIoOptions options = SocketIoOptions.defaults().withConnectTimeout(Duration.ofMillis(200));
        try (SocketIoServer server = new SocketIoServer(options);
                WireClient client = server.client()) {
            assertThat(client.send("40/nowhere,").next()).startsWith("44/nowhere,");
            assertThat(client.closeCode()).isEqualTo(NO_STATUS);
        }
    }

    @Test
    void aFailureOfOneClientsIsNoOtherClients() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient other = server.connected()) {
            for (String packet : new String[] {"4abc", "42{}", "47", "42[\"connect\"]", "451-", "4"}) {
                try (WireClient client = server.connected()) {
                    client.send(packet).closeCode();
                }
            }
            other.quiet();
            await().until(() -> server.io().clients() == 1);
        }
    }

    private static String refused(RawClient client, String transport, String query, String header) {
        List<String> lines = new ArrayList<>();
        lines.add("GET /socket.io/?EIO=4&transport=" + transport + query + " HTTP/1.1");
        lines.add("Host: a");
        if (transport.equals("websocket")) {
            lines.add("Connection: Upgrade");
            lines.add("Upgrade: websocket");
            lines.add("Sec-WebSocket-Version: 13");
            lines.add("Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==");
        }
        if (!header.isEmpty()) {
            lines.add(header);
        }
        return client.send(String.join("\r\n", lines) + "\r\n\r\n").answer();
    }
}
