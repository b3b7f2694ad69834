package io.posthorn.socketio;

import io.posthorn.PosthornOptions;
import io.posthorn.loop.HandlerThread;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** On which threads handlers run: each finds its own. */
class SocketThreadsTest {
    private static final PosthornOptions ONE_LOOP = PosthornOptions.defaults().withLoops(1);

    @Test
    void aHandlerBeginsOnItsSocketsLoop() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket ->
                            socket.on("where", event -> event.ack(socket.loop().inLoop())));
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"where\"]").next()).isEqualTo("431[true]");
            }
        }
    }

    @Test
    void aHandlerThatIsDeclaredBlockingNeverRunsOnALoop() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on(
                            "where",
                            EventHandler.blocking(
                                    event -> event.ack(socket.loop().inLoop()))));
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"where\"]").next()).isEqualTo("431[false]");
            }
        }
    }

    @Test
    void allHandlersOfAServerMayBeDeclaredBlocking() {
        SocketIoOptions options = SocketIoOptions.defaults().withHandlers(HandlerThread.BLOCKING);
        try (SocketIoServer server = new SocketIoServer(options)) {
            List<Boolean> onLoop = new ArrayList<>();
            server.io().use((socket, next) -> {
                onLoop.add(socket.loop().inLoop());
                next.proceed();
            });
            server.io().onConnection(socket -> {
                onLoop.add(socket.loop().inLoop());
                socket.on("where", event -> event.ack(socket.loop().inLoop()));
            });
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"where\"]").next()).isEqualTo("431[false]");
            }
            assertThat(onLoop).containsExactly(false, false);
        }
    }

    @Test
    void oneHandlerThatBlocksIsMovedAndThenNoOtherSocketWaitsForIt() {
        Semaphore mayGoOn = new Semaphore(0);
        AtomicInteger entered = new AtomicInteger();
        try (SocketIoServer server = new SocketIoServer(ONE_LOOP, SocketIoOptions.defaults())) {
            server.io().onConnection(socket -> {
                socket.on("block", event -> {
                    entered.incrementAndGet();
                    mayGoOn.acquire();
                    event.ack(event.arg(0, Integer.class));
                });
                socket.on("echo", event -> event.ack(event.args()));
            });
            try (WireClient blocked = server.connected();
                    WireClient other = server.connected()) {
                blocked.send("421[\"block\",1]");
                await().until(() -> server.posthorn().movedHandlers() == 1);
                mayGoOn.release();
                assertThat(blocked.next()).isEqualTo("431[1]");

                // Now it waits elsewhere, for as long as it likes, and its socket's later events behind it.
                blocked.send("422[\"block\",2]").send("423[\"echo\",3]").send("424[\"block\",4]");
                await().until(() -> entered.get() == 2);
                for (int i = 0; i < 1000; i++) {
                    assertThat(other.send("42" + i + "[\"echo\",\"x\"]").next()).isEqualTo("43" + i + "[\"x\"]");
                }
                assertThat(entered).hasValue(2);
                mayGoOn.release(2);
                assertThat(blocked.next()).isEqualTo("432[2]");
                assertThat(blocked.next()).isEqualTo("433[3]");
                assertThat(blocked.next()).isEqualTo("434[4]");
            }
        }
    }

    @Test
    void joiningAFutureOnALoopThrowsInsteadOfHanging() {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch told = new CountDownLatch(1);
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.onError((failed, failure) -> {
                    thrown.set(failure);
                    told.countDown();
                });
                socket.on(
                        "ask",
                        event -> socket.emitWithAck("question")
                                .toCompletableFuture()
                                .join());
                socket.on("echo", event -> event.ack(event.args()));
            });
            try (WireClient client = server.connected()) {
                client.send("42[\"ask\"]");
                assertThat(client.next()).isEqualTo("420[\"question\"]");
                await().until(() -> told.getCount() == 0);
                assertThat(thrown.get())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("declare the handler blocking");
                assertThat(client.send("421[\"echo\",\"alive\"]").next()).isEqualTo("431[\"alive\"]");
            }
        }
    }

    @Test
    void aBlockingHandlerMayJoinAFuture() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on(
                            "ask",
                            EventHandler.blocking(event -> event.ack(socket.emitWithAck("question")
                                    .toCompletableFuture()
                                    .join()
                                    .args()))));
            try (WireClient client = server.connected()) {
                client.send("427[\"ask\"]");
                assertThat(client.next()).isEqualTo("420[\"question\"]");
                assertThat(client.send("430[\"answer\"]").next()).isEqualTo("437[\"answer\"]");
            }
        }
    }

    @Test
    void whatDependsOnAnAcknowledgementMayWaitForAnotherOne() {
        SocketIoOptions options = SocketIoOptions.defaults().withHandlers(HandlerThread.BLOCKING);
        try (SocketIoServer server = new SocketIoServer(options)) {
            server.io()
                    .onConnection(socket -> socket.on(
                            "ask",
                            event -> socket.emitWithAck("first")
                                    .thenAccept(first -> event.ack(
                                            first.text(0),
                                            socket.emitWithAck("second")
                                                    .toCompletableFuture()
                                                    .join()
                                                    .text(0)))));
            try (WireClient client = server.connected()) {
                client.send("427[\"ask\"]");
                assertThat(client.next()).isEqualTo("420[\"first\"]");
                assertThat(client.send("430[\"a\"]").next()).isEqualTo("421[\"second\"]");
                assertThat(client.send("431[\"b\"]").next()).isEqualTo("437[\"a\",\"b\"]");
            }
        }
    }

    @Test
    void aClientThatFloodsBlockedHandlersIsNotReadFrom() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        AtomicInteger handled = new AtomicInteger();
        int events = 500;
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on("work", EventHandler.blocking(event -> {
                        gate.join();
                        assertThat(event.arg(0, Integer.class)).isEqualTo(handled.getAndIncrement());
                    })));
            try (WireClient client = server.connected()) {
                for (int i = 0; i < events; i++) {
                    client.send("42[\"work\"," + i + "]");
                }
                await().until(() -> server.io().stats().packetsReceived() >= 64);
                gate.complete(null);
                await().until(() -> handled.get() == events);
            }
            assertThat(server.io().stats().handlerFailures()).isZero();
        }
    }
}
