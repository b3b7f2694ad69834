package io.posthorn.websocket;

import io.posthorn.loop.IoKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Messages for many, over real sockets on each kind of event loop. */
class WebSocketGroupTest {
    private final WebSocketGroup group = new WebSocketGroup();

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void everyMemberGetsEachMessageOnceAndInOrder(IoKind kind) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(kind.isAvailable());
        try (TestServer server = new TestServer(kind, WebSocketOptions.defaults(), group::add)) {
            List<TestServer.RawSocket> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(server.connect());
            }
            await().until(() -> group.size() == 20);

            for (int i = 0; i < 100; i++) {
                group.send("message " + i);
            }

            for (TestServer.RawSocket client : clients) {
                for (int i = 0; i < 100; i++) {
                    assertThat(client.readText()).isEqualTo("message " + i);
                }
                client.close();
            }
            await().until(() -> group.size() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void membersThatReadSlowlyGetSharedBytesWholeThoughTheSocketTakesThemInParts(IoKind kind) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(kind.isAvailable());
        WebSocketOptions options = WebSocketOptions.defaults()
                .withLimits(WebSocketLimits.defaults().withMaxOutbound(64 << 20));
        try (TestServer server = new TestServer(kind, options, group::add)) {
            List<TestServer.RawSocket> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(server.connect());
            }
            await().until(() -> group.size() == 3);
            byte[] large = new byte[300_000];
            for (int i = 0; i < large.length; i++) {
                large[i] = (byte) (i * 31 + (i >> 8));
            }

            for (int i = 0; i < 40; i++) {
                group.send(large); // 12 MB for each, more than any socket buffer holds
            }

            for (TestServer.RawSocket client : clients) {
                for (int i = 0; i < 40; i++) {
                    assertThat(client.readPayload()).isEqualTo(large);
                }
                client.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void whatOneThreadSendsToTheGroupAndToAMemberKeepsItsOrder(IoKind kind) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(kind.isAvailable());
        Queue<WebSocket> connected = new ConcurrentLinkedQueue<>();
        try (TestServer server = new TestServer(kind, WebSocketOptions.defaults(), ws -> {
            group.add(ws);
            connected.add(ws);
            // On the loop itself: to the group first, then to the one.
            ws.onText(text -> {
                group.send("group " + text);
                ws.send("one " + text);
            });
        })) {
            TestServer.RawSocket client = server.connect();
            await().until(() -> group.size() == 1);
            WebSocket member = connected.remove();

            for (int i = 0; i < 50; i++) {
                group.send("group " + i);
                member.send("one " + i);
            }
            client.write(Frames.text("again"));

            for (int i = 0; i < 50; i++) {
                assertThat(client.readText()).isEqualTo("group " + i);
                assertThat(client.readText()).isEqualTo("one " + i);
            }
            assertThat(client.readText()).isEqualTo("group again");
            assertThat(client.readText()).isEqualTo("one again");
            client.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aMemberThatLetsTooMuchPileUpIsClosedAndTheOthersGetEverything(IoKind kind) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(kind.isAvailable());
        WebSocketOptions options = WebSocketOptions.defaults()
                .withLimits(WebSocketLimits.defaults().withMaxOutbound(200_000));
        try (TestServer server = new TestServer(kind, options, group::add)) {
            TestServer.RawSocket reader = server.connect();
            TestServer.RawSocket sleeper = server.connect();
            await().until(() -> group.size() == 2);
            byte[] message = new byte[100_000];

            int sent = 0;
            while (server.stats().slowReaders() == 0 && sent < 1000) {
                group.send(message);
                assertThat(reader.readPayload()).hasSize(message.length);
                sent++;
            }

            assertThat(server.stats().slowReaders()).isEqualTo(1);
            await().until(() -> group.size() == 1);
            reader.close();
            sleeper.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aBurstPilesUpNoMoreThanTheLimitAndOneMessage(IoKind kind) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(kind.isAvailable());
        int limit = 200_000;
        byte[] message = new byte[100_000];
        WebSocketOptions options = WebSocketOptions.defaults()
                .withLimits(WebSocketLimits.defaults().withMaxOutbound(limit));
        Queue<WebSocket> connected = new ConcurrentLinkedQueue<>();
        try (TestServer server = new TestServer(kind, options, ws -> {
                    group.add(ws);
                    connected.add(ws);
                });
                TestServer.RawSocket sleeper = server.connect()) {
            await().until(() -> group.size() == 1);
            WebSocket member = connected.remove();
            CompletableFuture<Long> most = new CompletableFuture<>();
            member.connection().loop().eventLoop().execute(() -> {
                for (int i = 0; i < 300; i++) {
                    group.send(message); // 30 MB in one turn
                }
                member.connection().loop().mailbox().atEndOfTurn(() -> most.complete(member.bufferedBytes()));
            });

            assertThat(most.get(20, TimeUnit.SECONDS)).isLessThan(limit + 2L * message.length);
            await().until(() -> server.stats().slowReaders() == 1);
            sleeper.hangUp();
        }
    }

    @Test
    void aMemberThatIsClosingIsNotBlamedForWhatStillWaits() throws Exception {
        WebSocketOptions options = WebSocketOptions.defaults()
                .withLimits(
                        WebSocketLimits.defaults().withMaxOutbound(100_000).withCloseTimeout(Duration.ofSeconds(60)));
        CompletableFuture<Integer> code = new CompletableFuture<>();
        byte[] large = new byte[20_000_000];
        try (TestServer server = new TestServer(options, ws -> {
                    ws.onClose((closeCode, reason) -> code.complete(closeCode));
                    group.add(ws);
                    ws.onText(text -> {
                        ws.send(large);
                        ws.close(4000, "enough");
                        group.send("more");
                    });
                });
                TestServer.RawSocket client = server.connect()) {
            client.write(Frames.text("go"));
            assertThat(client.readPayload()).hasSize(large.length);
            assertThat(client.readPayload()).startsWith(0x0F, 0xA0);
            client.write(Frames.frame(0x88, Frames.hex("0fa1")));

            assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(4001);
            assertThat(server.stats().slowReaders()).isZero();
        }
    }

    @Test
    void aTapThatFailsCostsTheOtherMembersNothing() throws Exception {
        Queue<WebSocket> connected = new ConcurrentLinkedQueue<>();
        try (TestServer server = new TestServer(WebSocketOptions.defaults(), ws -> {
                    group.add(ws);
                    connected.add(ws);
                });
                TestServer.RawSocket tapped = server.connect();
                TestServer.RawSocket elsewhere = server.connect();
                TestServer.RawSocket neighbour = server.connect()) {
            await().until(() -> group.size() == 3);
            for (WebSocket webSocket : connected) {
                if (webSocket.id().equals("1")) {
                    webSocket.tap((direction, bytes) -> {
                        throw new IllegalStateException("meant to fail");
                    });
                }
            }

            group.send("all");

            assertThat(neighbour.readText()).isEqualTo("all");
            assertThat(elsewhere.readText()).isEqualTo("all");
            assertThat(tapped.readText()).isEqualTo("all");
            await().until(() -> server.stats().handlerFailures() == 1);
        }
    }

    @Test
    void whatADeliveryClosesIsNotSentToAnyMore() throws Exception {
        WebSocketOptions options = WebSocketOptions.defaults()
                .withLimits(WebSocketLimits.defaults().withMaxOutbound(100_000));
        Queue<WebSocket> connected = new ConcurrentLinkedQueue<>();
        byte[] message = new byte[100_000];
        try (TestServer server = new TestServer(options, connected::add);
                TestServer.RawSocket talker = server.connect();
                TestServer.RawSocket elsewhere = server.connect();
                TestServer.RawSocket sleeper = server.connect()) {
            await().until(() -> connected.size() == 3);
            List<WebSocket> all = List.copyOf(connected);
            WebSocket talking =
                    all.stream().filter(ws -> ws.id().equals("1")).findFirst().orElseThrow();
            WebSocket sleeping =
                    all.stream().filter(ws -> ws.id().equals("3")).findFirst().orElseThrow();
            sleeping.onClose((code, reason) -> talking.close());
            group.add(sleeping);
            talking.onText(text -> {
                for (int i = 0; i < 300; i++) {
                    group.send(message);
                    talking.send("n");
                }
            });
            await().until(() -> group.size() == 1);
            talker.write(Frames.text("go"));

            byte[] frame = talker.read(3);
            while (frame[0] == (byte) 0x81) {
                frame = talker.read(3);
            }
            // A close frame with 1000, and nothing behind it.
            assertThat(frame).isEqualTo(Frames.hex("88 02 03"));
            assertThat(talker.read(1)).isEqualTo(Frames.hex("e8"));
            talker.write(Frames.frame(0x88, Frames.hex("03e8")));
            assertThat(talker.isAtEnd()).isTrue();
            elsewhere.hangUp();
            sleeper.hangUp();
        }
    }
}
