package io.posthorn.socketio;

import io.posthorn.json.TypeRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Binary in events and acknowledgements, both ways and at any depth. */
class BinaryEventTest {
    private static final byte[] ONE = {1, 2, 3};
    private static final byte[] TWO = {4};

    record File(String name, ByteBuffer content) {}

    @Test
    void bytesGoToTheClientAsAttachmentsBehindTheEvent() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            server.io().emit("e", ONE, "x", ByteBuffer.wrap(TWO));
            assertThat(client.next())
                    .isEqualTo("452-[\"e\",{\"_placeholder\":true,\"num\":0},\"x\",{\"_placeholder\":true,\"num\":1}]");
            assertThat(client.nextBinary()).isEqualTo(ONE);
            assertThat(client.nextBinary()).isEqualTo(TWO);
            client.quiet();
        }
    }

    @Test
    void bytesGoToTheClientFromAnyDepth() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io()
                    .of("/ns")
                    .onConnection(socket ->
                            socket.emit("e", Map.of("list", List.of(new File("a", ByteBuffer.wrap(ONE))))));
            client.join("/ns,");
            assertThat(client.next())
                    .isEqualTo("451-/ns,[\"e\",{\"list\":[{\"name\":\"a\",\"content\":"
                            + "{\"_placeholder\":true,\"num\":0}}]}]");
            assertThat(client.nextBinary()).isEqualTo(ONE);
        }
    }

    @Test
    void bytesComeFromTheClientAsAttachmentsBehindTheEvent() {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("e", events::add));
            try (WireClient client = server.connected()) {
                client.send("452-[\"e\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]");
                client.send(ONE).send(TWO).quiet();
            }
        }
        Event event = events.remove();
        assertThat(event.size()).isEqualTo(2);
        assertThat(event.binary(0)).isEqualTo(TWO);
        assertThat(event.arg(1, byte[].class)).isEqualTo(ONE);
        assertThat(event.arg(1, ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(ONE));
        assertThat(event.args()).isEqualTo(new Object[] {TWO, ONE});
        assertThatThrownBy(() -> event.text(0)).isInstanceOf(ArgumentException.class);
    }

    @Test
    void bytesComeFromTheClientAtAnyDepth() {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("e", events::add));
            try (WireClient client = server.connected()) {
                client.send("452-[\"e\",{\"files\":[{\"name\":\"a\",\"content\":{\"_placeholder\":true,\"num\":0}},"
                        + "{\"name\":\"b\",\"content\":{\"_placeholder\":true,\"num\":1}}]}]");
                client.send(ONE).send(TWO).quiet();
            }
        }
        Map<String, List<File>> files = events.remove().arg(0, new TypeRef<>() {});
        assertThat(files).containsOnlyKeys("files");
        assertThat(files.get("files")).extracting(File::name).containsExactly("a", "b");
        assertThat(files.get("files"))
                .extracting(File::content)
                .containsExactly(ByteBuffer.wrap(ONE), ByteBuffer.wrap(TWO));
    }

    @Test
    void bytesThatBeginLikeAPacketAreBytes() {
        byte[] tricky = "0{\"sid\":1}".getBytes(StandardCharsets.UTF_8);
        byte[] empty = {};
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("echo", event -> event.ack(event.args())));
            try (WireClient client = server.connected()) {
                client.send("452-7[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
                client.send(tricky).send(empty);
                assertThat(client.next())
                        .isEqualTo("462-7[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
                assertThat(client.nextBinary()).isEqualTo(tricky);
                assertThat(client.nextBinary()).isEmpty();
            }
        }
    }

    @Test
    void overPollingBytesAreBase64BothWays() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("echo", event -> event.ack(event.args())));
            PollClient client = server.pollClient();
            client.join("");
            client.send("451-7[\"echo\",{\"_placeholder\":true,\"num\":0}]", "bAQIDBA==");
            assertThat(client.next()).isEqualTo("461-7[{\"_placeholder\":true,\"num\":0}]");
            assertThat(client.next()).isEqualTo("bAQIDBA==");
        }
    }

    @Test
    void base64MayHaveLineBreaksAsTheJavaClientMakesThem() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("echo", event -> event.ack(event.args())));
            PollClient client = server.pollClient();
            client.join("");
            client.send("451-7[\"echo\",{\"_placeholder\":true,\"num\":0}]", "bAQID\r\nBA==\n");
            client.next();
            assertThat(client.next()).isEqualTo("bAQIDBA==");
        }
    }

    @Test
    void anAcknowledgementOfTheClientsMayHoldBytes() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            CompletableFuture<Arguments> answer =
                    socket.emitWithAck("q", new Object[] {ONE}).toCompletableFuture();
            assertThat(client.next()).isEqualTo("451-0[\"q\",{\"_placeholder\":true,\"num\":0}]");
            assertThat(client.nextBinary()).isEqualTo(ONE);
            client.send("461-0[{\"ok\":{\"_placeholder\":true,\"num\":0}}]").send(TWO);
            Map<String, byte[]> ok = answer.join().arg(0, new TypeRef<>() {});
            assertThat(ok).containsOnlyKeys("ok");
            assertThat(ok.get("ok")).isEqualTo(TWO);
        }
    }

    @Test
    void aBroadcastsBytesReachEverybodyBehindTheirEvent() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient first = server.connected();
                WireClient second = server.connected()) {
            for (int i = 0; i < 100; i++) {
                server.io().emit("e", new byte[] {(byte) i});
                server.io().emit("text");
            }
            for (WireClient client : List.of(first, second)) {
                for (int i = 0; i < 100; i++) {
                    assertThat(client.next()).isEqualTo("451-[\"e\",{\"_placeholder\":true,\"num\":0}]");
                    assertThat(client.nextBinary()).containsExactly(i);
                    assertThat(client.next()).isEqualTo("42[\"text\"]");
                }
            }
        }
    }

    @Test
    void whatIsDoneToBytesAfterEmitIsNotSent() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                byte[] bytes = {1};
                socket.emit("e", new Object[] {bytes});
                bytes[0] = 2;
            });
            try (WireClient client = server.connected()) {
                client.next();
                assertThat(client.nextBinary()).containsExactly(1);
            }
        }
    }

    @Test
    void bytesOfAnEventAreNotAnotherHandlersToChange() {
        BlockingQueue<byte[]> seen = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on("e", event -> event.arg(0, byte[].class)[0] = 9)
                            .on("e", event -> seen.add(event.binary(0))));
            try (WireClient client = server.connected()) {
                client.send("451-[\"e\",{\"_placeholder\":true,\"num\":0}]")
                        .send(TWO)
                        .quiet();
            }
        }
        assertThat(seen.remove()).isEqualTo(TWO);
    }

    @Test
    void moreAttachmentsThanClientsTakeAreRefusedAtOnce() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            List<byte[]> eleven = new ArrayList<>();
            for (int i = 0; i < 11; i++) {
                eleven.add(ONE);
            }
            assertThatThrownBy(() -> server.io().emit("e", eleven)).isInstanceOf(IllegalArgumentException.class);
            server.io().emit("e", eleven.subList(0, 10));
            assertThat(client.next()).startsWith("4510-[\"e\",[{");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4511-[\"e\",{\"_placeholder\":true,\"num\":0}]",
                "450-[\"e\"]",
                "45-[\"e\"]",
                "451[\"e\"]",
                "451-[\"e\",{\"_placeholder\":true,\"num\":1}]",
                "451-[\"e\",{\"_placeholder\":true,\"num\":-1}]",
                "451-[\"e\",{\"_placeholder\":true,\"num\":\"0\"}]",
                "451-[\"e\",{\"_placeholder\":true,\"num\":0.5}]"
            })
    void aBrokenPlaceholderOrCountIsAParseError(String packet) {
        assertParseError(client -> client.send(packet).send(ONE));
    }

    @Test
    void aTextInPlaceOfAnAttachmentIsAParseError() {
        assertParseError(client ->
                client.send("451-[\"e\",{\"_placeholder\":true,\"num\":0}]").send("42[\"e\"]"));
    }

    @Test
    void anAttachmentWithoutAPacketIsAParseError() {
        assertParseError(client -> client.send(ONE));
    }

    private static void assertParseError(Consumer<WireClient> fault) {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.on("e", event -> ends.add("handled"));
                socket.onDisconnect((reason, description) -> ends.add(reason.text()));
            });
            try (WireClient client = server.connected()) {
                fault.accept(client);
                assertThat(client.end()).isEqualTo(1005);
            }
            assertThat(server.io().stats().violations()).isEqualTo(1);
        }
        assertThat(ends).containsExactly("parse error");
    }

    @Test
    void attachmentsTogetherAreNoLargerThanAPayloadMayBe() {
        SocketIoOptions options = SocketIoOptions.defaults();
        int max = options.engine().limits().maxPayload();
        assertParseError(
                client -> client.send("452-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                        .send(new byte[max])
                        .send(ONE));
    }
}
