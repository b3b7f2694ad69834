package io.posthorn.websocket;

import io.posthorn.loop.IoKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

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
}
