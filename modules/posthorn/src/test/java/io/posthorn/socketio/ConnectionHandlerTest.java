package io.posthorn.socketio;

import io.posthorn.loop.HandlerThread;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is called for each new socket, before anything else of it. */
class ConnectionHandlerTest {
    private static final SocketIoOptions BLOCKING = SocketIoOptions.defaults().withHandlers(HandlerThread.BLOCKING);

    @Test
    void whatTheConnectionHandlerSendsComesBehindTheAnswerToConnect() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().onConnection(socket -> {
                socket.join("room");
                socket.emit("one");
                server.io().to("room").emit("two");
                server.io().emit("three");
            });
            assertThat(client.send("40").next()).startsWith("40{\"sid\":\"");
            assertThat(List.of(client.next(), client.next(), client.next()))
                    .containsExactly("42[\"one\"]", "42[\"two\"]", "42[\"three\"]");
        }
    }

    @Test
    void aConnectionHandlerThatThrowsIsToldAndTheSocketStays() {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().onError((socket, failure) -> failures.add(failure));
            server.io().onConnection(socket -> {
                throw new IllegalStateException("on purpose");
            });
            server.io().onConnection(socket -> socket.emit("hello"));
            client.join("");
            assertThat(client.next()).isEqualTo("42[\"hello\"]");
        }
        assertThat(failures).singleElement().extracting(Throwable::getMessage).isEqualTo("on purpose");
    }

    @Test
    void severalConnectionHandlersAreCalledInTheirOrder() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.emit("one")).onConnection(socket -> socket.emit("two"));
            try (WireClient client = server.connected()) {
                assertThat(client.next()).isEqualTo("42[\"one\"]");
                assertThat(client.next()).isEqualTo("42[\"two\"]");
            }
        }
    }

    @Test
    void anEventThatComesWhileTheConnectionHandlerBlocksWaitsForTheHandlersThatItSets() {
        CountDownLatch gate = new CountDownLatch(1);
        try (SocketIoServer server = new SocketIoServer(BLOCKING)) {
            server.io().onConnection(socket -> {
                gate.await();
                socket.on("e", Integer.class, (number, ack) -> ack.send(number + 1));
            });
            try (WireClient client = server.connected()) {
                client.send("421[\"e\",1]").send("422[\"e\",2]").quiet();
                gate.countDown();
                assertThat(client.next()).isEqualTo("431[2]");
                assertThat(client.next()).isEqualTo("432[3]");
            }
        }
    }

    @Test
    void anEventThatComesWhileTheConnectionHandlerBlocksWaitsForTheMiddlewareThatItSets() {
        CountDownLatch gate = new CountDownLatch(1);
        try (SocketIoServer server = new SocketIoServer(BLOCKING)) {
            server.io().onConnection(socket -> {
                socket.on("e", event -> event.ack("handled"));
                gate.await();
                socket.use((event, next) -> event.ack("not let on"));
            });
            try (WireClient client = server.connected()) {
                client.send("421[\"e\"]").quiet();
                gate.countDown();
                assertThat(client.next()).isEqualTo("431[\"not let on\"]");
                client.quiet();
            }
        }
    }

    @Test
    void aClientThatLeavesWhileTheConnectionHandlerBlocksIsToldToTheHandlersThatItSets() {
        CountDownLatch gate = new CountDownLatch(1);
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer(BLOCKING)) {
            server.io().onConnection(socket -> {
                gate.await();
                socket.onDisconnecting((reason, description) ->
                        seen.add("disconnecting " + socket.rooms().contains(socket.id())));
                socket.onDisconnect((reason, description) ->
                        seen.add(reason + " " + socket.rooms().contains(socket.id())));
            });
            try (WireClient client = server.connected()) {
                client.send("41").quiet();
                assertThat(seen).isEmpty();
                gate.countDown();
                await().until(() -> seen.size() == 2);
            }
        }
        assertThat(seen).containsExactly("disconnecting true", "client namespace disconnect false");
    }

    @Test
    void aConnectionHandlerThatBlocksDoesNotHoldUpWhatIsSentToTheClient() {
        CountDownLatch gate = new CountDownLatch(1);
        try (SocketIoServer server = new SocketIoServer(BLOCKING)) {
            server.io().onConnection(socket -> gate.await());
            try (WireClient client = server.connected()) {
                server.io().emit("news");
                assertThat(client.next()).isEqualTo("42[\"news\"]");
            } finally {
                gate.countDown();
            }
        }
    }

    @Test
    void aConnectionHandlerIsCalledForItsOwnNamespaceOnly() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().onConnection(socket -> seen.add(socket.namespace().name()));
            server.io()
                    .of("/news")
                    .onConnection(socket -> seen.add(socket.namespace().name()));
            client.join("/news,");
            client.quiet();
        }
        assertThat(seen).containsExactly("/news");
    }
}
