package io.posthorn.socketio;

import io.posthorn.loop.HandlerThread;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What stands between a client's CONNECT and its socket. */
class NamespaceMiddlewareTest {
    @Test
    void middlewaresRunInTheirOrderAndBeforeTheConnectionHandler() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().use((socket, next) -> {
                seen.add("first " + socket.isConnected());
                next.proceed();
            });
            server.io().use((socket, next) -> {
                seen.add("second " + socket.isConnected());
                next.proceed();
            });
            server.io().onConnection(socket -> seen.add("connection " + socket.isConnected()));
            try (WireClient client = server.connected()) {
                client.quiet();
            }
        }
        assertThat(seen).containsExactly("first false", "second false", "connection true");
    }

    @Test
    void aRefusalSaysItsMessageAndData() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().of("/deny").use((socket, next) -> next.refuse("nope", Map.of("code", 42)));
            assertThat(client.send("40/deny,").next())
                    .isEqualTo("44/deny,{\"message\":\"nope\",\"data\":{\"code\":42}}");
            assertThat(server.io().stats().refusedConnects()).isEqualTo(1);
            assertThat(server.io().stats().connected()).isZero();
        }
    }

    @Test
    void aRefusedExceptionIsARefusal() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> {
                throw new RefusedException("not you", List.of(1, 2));
            });
            assertThat(client.send("40").next()).isEqualTo("44{\"message\":\"not you\",\"data\":[1,2]}");
            client.quiet();
        }
    }

    @Test
    void anyOtherExceptionRefusesWithoutDetailAndIsTold() {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().onError((socket, failure) -> failures.add(failure));
            server.io().use((socket, next) -> {
                throw new IllegalStateException("the database's password is 1234");
            });
            assertThat(client.send("40").next()).isEqualTo("44{\"message\":\"Internal server error\"}");
            assertThat(server.io().stats().handlerFailures()).isEqualTo(1);
        }
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsThrownAfterGoingOnIsToldAndTheSocketConnects() {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onError((socket, failure) -> failures.add(failure));
            server.io().use((socket, next) -> {
                next.proceed();
                throw new IllegalStateException("too late");
            });
            try (WireClient client = server.connected()) {
                client.quiet();
            }
        }
        assertThat(failures).singleElement().extracting(Throwable::getMessage).isEqualTo("too late");
    }

    @Test
    void afterARefusalNoLaterMiddlewareNorTheConnectionHandlerIsCalled() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> next.refuse("no"));
            server.io().use((socket, next) -> seen.add("middleware"));
            server.io().onConnection(socket -> seen.add("connection"));
            assertThat(client.send("40").next()).isEqualTo("44{\"message\":\"no\"}");
            client.quiet();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void onlyTheFirstWordOfAMiddlewareCounts() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> {
                next.proceed();
                next.refuse("too late");
                next.proceed();
            });
            client.join("");
            client.quiet();
            assertThat(server.io().sockets()).hasSize(1);
        }
    }

    @Test
    void aMiddlewareMayGoOnLaterFromAnyThread() {
        BlockingQueue<Next> waiting = new LinkedBlockingQueue<>();
        Queue<Boolean> onLoop = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> waiting.add(next));
            server.io().use((socket, next) -> {
                onLoop.add(socket.loop().inLoop());
                next.proceed();
            });
            client.send("40").quiet();
            assertThat(server.io().sockets()).isEmpty();
            waiting.remove().proceed();
            assertThat(client.next()).startsWith("40{\"sid\":\"");
            assertThat(onLoop).containsExactly(true);
        }
    }

    @Test
    void aMiddlewareMayRefuseLaterFromAnyThread() {
        BlockingQueue<Next> waiting = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> waiting.add(next));
            client.send("40").quiet();
            waiting.remove().refuse("later");
            assertThat(client.next()).isEqualTo("44{\"message\":\"later\"}");
            client.send("40").quiet();
            waiting.remove().proceed();
            assertThat(client.next()).startsWith("40{\"sid\":\"");
        }
    }

    @Test
    void aClientThatLeavesWhileTheMiddlewareThinksIsNeverConnected() {
        BlockingQueue<Next> waiting = new LinkedBlockingQueue<>();
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().use((socket, next) -> {
                socket.join("room");
                socket.onDisconnect((reason, description) -> seen.add("disconnect"));
                waiting.add(next);
            });
            server.io().onConnection(socket -> seen.add("connection"));
            try (WireClient client = server.client()) {
                client.send("40").quiet();
                client.leave();
                await().until(() -> server.io().clients() == 0);
            }
            waiting.remove().proceed();
            try (WireClient other = server.client()) {
                other.quiet();
            }
            assertThat(server.io().sockets()).isEmpty();
            assertThat(server.io().stats().connected()).isZero();
            assertThat(server.io().of("/").rooms().toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(20))
                    .isEqualTo(Set.of());
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void aClientThatChangesItsMindWhileTheMiddlewareThinksIsNotConnected() {
        BlockingQueue<Next> waiting = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> waiting.add(next));
            client.send("40").send("41").quiet();
            waiting.remove().proceed();
            client.quiet();
            client.send("40").quiet();
            waiting.remove().proceed();
            assertThat(client.next()).startsWith("40{\"sid\":\"");
        }
    }

    @Test
    void disconnectingAnotherSocketsConnectionSaysNothingOfANamespaceThatIsNotJoinedYet() {
        BlockingQueue<Next> waiting = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("end", event -> socket.disconnect(true)));
            server.io().of("/slow").use((socket, next) -> waiting.add(next));
            try (WireClient client = server.connected()) {
                client.send("40/slow,").quiet();
                assertThat(client.send("42[\"end\"]").next()).isEqualTo("41");
                assertThat(client.end()).isEqualTo(1005);
            }
        }
    }

    @Test
    void aMiddlewareThatBlocksStopsNobodyElse() {
        CountDownLatch gate = new CountDownLatch(1);
        SocketIoOptions options = SocketIoOptions.defaults().withHandlers(HandlerThread.BLOCKING);
        try (SocketIoServer server = new SocketIoServer(options);
                WireClient slow = server.client();
                WireClient fast = server.client()) {
            server.io().of("/slow").use((socket, next) -> {
                gate.await();
                next.proceed();
            });
            slow.send("40/slow,").quiet();
            fast.join("");
            gate.countDown();
            assertThat(slow.next()).startsWith("40/slow,{\"sid\":\"");
        }
    }

    @Test
    void aMiddlewareStandsBeforeItsOwnNamespaceOnly() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> next.refuse("no"));
            server.io().of("/open");
            client.join("/open,");
            assertThat(client.send("40").next()).isEqualTo("44{\"message\":\"no\"}");
        }
    }

    @Test
    void whatAMiddlewareKeepsWithASocketIsThereAtTheConnection() {
        CompletableFuture<Object> seen = new CompletableFuture<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().use((socket, next) -> {
                socket.data().put("user", "ann");
                next.proceed();
            });
            server.io().onConnection(socket -> seen.complete(socket.data().get("user")));
            try (WireClient client = server.connected()) {
                client.quiet();
            }
        }
        assertThat(seen).isCompletedWithValue("ann");
    }

    @Test
    void aMiddlewareMaySetHandlersAndJoinRooms() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().use((socket, next) -> {
                socket.join("early");
                socket.on("rooms", event -> event.ack(socket.rooms().contains("early")));
                next.proceed();
            });
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"rooms\"]").next()).isEqualTo("431[true]");
            }
        }
    }
}
