package io.posthorn.socketio;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Acknowledgements, both ways. */
class AcknowledgementTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void anEventIsAcknowledgedWithAnyNumberOfValues() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on("none", event -> event.ack())
                            .on("one", event -> event.ack("x"))
                            .on("many", event -> event.ack(1, null, List.of("a"), true)));
            server.io().of("/ns").onConnection(socket -> socket.on("one", event -> event.ack("ns")));
            try (WireClient client = server.connected()) {
                assertThat(client.send("420[\"none\"]").next()).isEqualTo("430[]");
                assertThat(client.send("4212[\"one\"]").next()).isEqualTo("4312[\"x\"]");
                assertThat(client.send("42013[\"many\"]").next()).isEqualTo("4313[1,null,[\"a\"],true]");
                client.join("/ns,");
                assertThat(client.send("42/ns,12[\"one\"]").next()).isEqualTo("43/ns,12[\"ns\"]");
            }
        }
    }

    @Test
    void anEventIsAcknowledgedOnlyOnce() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on("e", event -> {
                                event.ack(1);
                                event.ack(2);
                            })
                            .on("e", event -> event.ack(3)));
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"e\"]").next()).isEqualTo("431[1]");
                client.quiet();
            }
        }
    }

    @Test
    void anEventThatWantsNoAcknowledgementGetsNone() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on("e", event -> event.ack(event.wantsAck()))
                            .on("e", String.class, (text, ack) -> ack.send(text)));
            try (WireClient client = server.connected()) {
                client.send("42[\"e\",\"x\"]").quiet();
            }
        }
    }

    @Test
    void anEventMayBeAcknowledgedLaterFromAnyThread() {
        BlockingQueue<Event> waiting = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("e", waiting::add));
            try (WireClient client = server.connected()) {
                client.send("421[\"e\"]").send("422[\"e\"]").quiet();
                Event first = waiting.remove();
                waiting.remove().ack("second");
                first.ack("first");
                assertThat(client.next()).isEqualTo("432[\"second\"]");
                assertThat(client.next()).isEqualTo("431[\"first\"]");
            }
        }
    }

    @Test
    void anAcknowledgementThatCannotBeWrittenIsRefusedAndAnotherOneMayFollow() {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on("e", event -> {
                        List<Object> cycle = new ArrayList<>();
                        cycle.add(cycle);
                        try {
                            event.ack(cycle);
                        } catch (IllegalArgumentException refused) {
                            failures.add(refused);
                            event.ack("instead");
                        }
                    }));
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"e\"]").next()).isEqualTo("431[\"instead\"]");
            }
        }
        assertThat(failures).hasSize(1);
    }

    @Test
    void anAcknowledgementAfterTheSocketsEndIsNotSent() {
        BlockingQueue<Event> waiting = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("e", waiting::add));
            try (WireClient client = server.connected()) {
                client.send("421[\"e\"]").send("41").quiet();
                waiting.remove().ack("late");
                client.quiet();
            }
        }
    }

    @Test
    void aClientAcknowledgesWithAnyNumberOfValues() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            CompletableFuture<Arguments> many = ask(socket, "q", 1);
            assertThat(client.next()).isEqualTo("420[\"q\",1]");
            client.send("430[\"a\",2,null]");
            assertThat(many.join().text(0)).isEqualTo("a");
            assertThat(many.join().arg(1, Integer.class)).isEqualTo(2);
            assertThat(many.join().has(2)).isFalse();
            assertThat(many.join().size()).isEqualTo(3);

            CompletableFuture<Arguments> none = ask(socket, "q");
            assertThat(client.next()).isEqualTo("421[\"q\"]");
            client.send("431[]");
            assertThat(none.join().size()).isZero();
            assertThatThrownBy(() -> none.join().text(0))
                    .hasMessage("argument 0 of \"q\" is not a text: there are 0 arguments");
        }
    }

    @Test
    void unknownAndRepeatedIdsAreIgnored() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            CompletableFuture<Arguments> answer = ask(socket, "q");
            assertThat(client.next()).isEqualTo("420[\"q\"]");
            client.send("4377[\"unknown\"]").send("43[\"without an id\"]");
            client.send("430[\"first\"]").send("430[\"second\"]").quiet();
            assertThat(answer.join().text(0)).isEqualTo("first");
        }
    }

    @Test
    void leadingZerosOfAnIdMeanNothing() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            CompletableFuture<Arguments> answer =
                    ask(server.io().sockets().iterator().next(), "q");
            assertThat(client.next()).isEqualTo("420[\"q\"]");
            client.send("43000[\"a\"]");
            assertThat(answer.join().text(0)).isEqualTo("a");
        }
    }

    @Test
    void anAcknowledgementOfAnotherSocketsIsNotTaken() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient asked = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            CompletableFuture<Arguments> answer = ask(socket, "q");
            assertThat(asked.next()).isEqualTo("420[\"q\"]");
            try (WireClient other = server.connected()) {
                other.send("430[\"forged\"]").quiet();
            }
            assertThat(answer).isNotDone();
            asked.send("430[\"real\"]");
            assertThat(answer.join().text(0)).isEqualTo("real");
        }
    }

    @Test
    void anAcknowledgementThatDoesNotComeInTimeFails() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            CompletableFuture<Arguments> answer =
                    socket.timeout(Duration.ofMillis(50)).emitWithAck("q").toCompletableFuture();
            assertThat(client.next()).isEqualTo("420[\"q\"]");
            assertFails(answer, AcknowledgementException.Cause.TIMEOUT, "operation has timed out");
            client.send("430[\"late\"]").quiet();
        }
    }

    @Test
    void anAcknowledgementInTimeEndsTheWaiting() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            CompletableFuture<Arguments> answer =
                    socket.timeout(LONG).emitWithAck("q", "x").toCompletableFuture();
            assertThat(client.next()).isEqualTo("420[\"q\",\"x\"]");
            client.send("430[1]");
            assertThat(answer.join().arg(0, Integer.class)).isEqualTo(1);
        }
    }

    @Test
    void aTimeoutIsLongerThanNothing() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            assertThatThrownBy(() -> socket.timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
            client.quiet();
        }
    }

    @Test
    void theEndOfTheSocketFailsWhatIsWaitedForAfterTheDisconnectHandlers() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.onDisconnect((reason, description) -> seen.add("disconnect"));
                socket.emitWithAck("q").whenComplete((answer, failure) -> seen.add(failure.getMessage()));
                socket.timeout(LONG).emitWithAck("q").whenComplete((answer, failure) -> seen.add(failure.getMessage()));
            });
            try (WireClient client = server.connected()) {
                assertThat(client.next()).isEqualTo("420[\"q\"]");
                assertThat(client.next()).isEqualTo("421[\"q\"]");
                client.leave();
                await().until(() -> seen.size() == 3);
            }
        }
        assertThat(seen).containsExactly("disconnect", "socket has been disconnected", "socket has been disconnected");
    }

    @Test
    void askingASocketThatHasEndedFailsAtOnceAndSendsNothing() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            client.send("41").quiet();
            assertFails(ask(socket, "q"), AcknowledgementException.Cause.DISCONNECTED, "socket has been disconnected");
            client.quiet();
        }
    }

    @Test
    void askingInTheMiddlewareFails() {
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().use((socket, next) -> {
                socket.emitWithAck("q").whenComplete((answer, failure) -> failed.complete(failure));
                next.proceed();
            });
            try (WireClient client = server.connected()) {
                assertThat(failed.join()).isInstanceOf(AcknowledgementException.class);
                client.quiet();
            }
        }
    }

    @Test
    void asManyAreWaitedForAsTheLimitsAllow() {
        SocketIoLimits limits = SocketIoLimits.defaults().withMaxPendingAcks(2);
        try (SocketIoServer server =
                        new SocketIoServer(SocketIoOptions.defaults().withLimits(limits));
                WireClient client = server.connected()) {
            Socket socket = server.io().sockets().iterator().next();
            CompletableFuture<Arguments> first = ask(socket, "q");
            ask(socket, "q");
            assertFails(
                    ask(socket, "q"),
                    AcknowledgementException.Cause.TOO_MANY,
                    "too many acknowledgements are waited for");
            assertThat(client.next()).isEqualTo("420[\"q\"]");
            assertThat(client.next()).isEqualTo("421[\"q\"]");
            client.quiet();
            client.send("430[]");
            first.join();
            ask(socket, "again");
            assertThat(client.next()).isEqualTo("423[\"again\"]");
        }
    }

    @Test
    void whatDependsOnAnAcknowledgementRunsInTheOrderOfTheSocketsEvents() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.on("e", event -> seen.add(event.text(0)));
                socket.emitWithAck("q").thenAccept(answer -> seen.add("answer"));
            });
            try (WireClient client = server.connected()) {
                assertThat(client.next()).isEqualTo("420[\"q\"]");
                client.send("42[\"e\",\"before\"]")
                        .send("430[]")
                        .send("42[\"e\",\"after\"]")
                        .quiet();
            }
        }
        assertThat(seen).containsExactly("before", "answer", "after");
    }

    @Test
    void aHandlerThatWaitsIsToldAtOnceThatTheSocketHasEnded() {
        assertToldWhileWaiting(socket -> socket.emitWithAck("q"), client -> client.send("41"), "has been disconnected");
    }

    @Test
    void aHandlerThatWaitsIsToldAtOnceThatTimeIsUp() {
        assertToldWhileWaiting(
                socket -> socket.timeout(Duration.ofMillis(50)).emitWithAck("q"), client -> {}, "has timed out");
    }

    private static void assertToldWhileWaiting(
            Function<Socket, CompletionStage<Arguments>> question, Consumer<WireClient> then, String message) {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.on("ask", EventHandler.blocking(event -> {
                        try {
                            question.apply(socket).toCompletableFuture().join();
                        } catch (CompletionException failure) {
                            told.add(String.valueOf(failure.getCause()));
                        }
                    })));
            try (WireClient client = server.connected()) {
                assertThat(client.send("42[\"ask\"]").next()).isEqualTo("420[\"q\"]");
                then.accept(client);
                await().until(() -> !told.isEmpty());
            }
        }
        assertThat(told).singleElement().asString().endsWith(message);
    }

    private static CompletableFuture<Arguments> ask(Socket socket, String event, Object... arguments) {
        return socket.emitWithAck(event, arguments).toCompletableFuture();
    }

    private static void assertFails(
            CompletableFuture<Arguments> answer, AcknowledgementException.Cause cause, String message) {
        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        AcknowledgementException.class,
                        failure -> assertThat(failure.why()).isEqualTo(cause))
                .hasMessage(message);
    }
}
