package io.posthorn.socketio;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Events and their handlers. */
class EventTest {
    private static final String[] RESERVED = {
        "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"
    };

    private static void with(Consumer<Socket> onConnection, Consumer<WireClient> client) {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(onConnection::accept);
            try (WireClient connected = server.connected()) {
                client.accept(connected);
            }
        }
    }

    @Test
    void anEventKnowsItsNameItsSocketAndItsArguments() {
        Queue<Object> seen = new ConcurrentLinkedQueue<>();
        with(
                socket -> socket.on("e", event -> {
                    seen.add(event.name());
                    seen.add(event.socket() == socket);
                    seen.add(event.size());
                    seen.add(event.wantsAck());
                }),
                client -> client.send("42[\"e\",1,\"two\"]").send("427[\"e\"]").quiet());
        assertThat(seen).containsExactly("e", true, 2, false, "e", true, 0, true);
    }

    @Test
    void severalHandlersOfAnEventRunInTheirOrder() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        with(
                socket -> socket.on("e", event -> seen.add("one"))
                        .on("other", event -> seen.add("other"))
                        .on("e", event -> seen.add("two")),
                client -> client.send("42[\"e\"]").quiet());
        assertThat(seen).containsExactly("one", "two");
    }

    @Test
    void aHandlerOnceIsCalledForOneEventOnly() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        with(
                socket -> socket.once("e", event -> seen.add("once " + event.text(0)))
                        .on("e", event -> seen.add("on " + event.text(0))),
                client -> client.send("42[\"e\",\"1\"]").send("42[\"e\",\"2\"]").quiet());
        assertThat(seen).containsExactly("once 1", "on 1", "on 2");
    }

    @Test
    void aHandlerOnceThatBlocksIsCalledForOneEventOnly() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        with(
                socket -> socket.once("e", EventHandler.blocking(event -> seen.add(event.text(0))))
                        .on("last", EventHandler.blocking(event -> event.ack())),
                client -> {
                    client.send("42[\"e\",\"1\"]").send("42[\"e\",\"2\"]").send("420[\"last\"]");
                    assertThat(client.next()).isEqualTo("430[]");
                });
        assertThat(seen).containsExactly("1");
    }

    @Test
    void offTakesAllHandlersOfAnEventAway() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        with(
                socket -> socket.on("e", event -> seen.add("e"))
                        .once("e", event -> seen.add("once"))
                        .on("other", event -> seen.add("other"))
                        .off("e"),
                client -> client.send("42[\"e\"]").send("42[\"other\"]").quiet());
        assertThat(seen).containsExactly("other");
    }

    @Test
    void aHandlerMayTakeItselfAwayAndAddAnother() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        with(
                socket -> socket.on("e", event -> {
                    seen.add("first");
                    socket.off("e").on("e", later -> seen.add("second"));
                }),
                client -> client.send("42[\"e\"]").send("42[\"e\"]").quiet());
        assertThat(seen).containsExactly("first", "second");
    }

    @Test
    void anEventMayBeNamedByANumber() {
        with(
                socket -> socket.on("5", event -> event.ack(event.name(), event.size())),
                client -> assertThat(client.send("421[5,true]").next()).isEqualTo("431[\"5\",1]"));
    }

    @Test
    void anEventsNameMayBeAnythingThatIsNotReserved() {
        with(
                socket -> socket.on("__proto__", event -> event.ack(1))
                        .on("", event -> event.ack(2))
                        .on("名前 \"x\"", event -> event.ack(3)),
                client -> {
                    assertThat(client.send("420[\"__proto__\"]").next()).isEqualTo("430[1]");
                    assertThat(client.send("420[\"\"]").next()).isEqualTo("430[2]");
                    assertThat(client.send("420[\"名前 \\\"x\\\"\"]").next()).isEqualTo("430[3]");
                });
    }

    @Test
    void anEventThatNobodyHandlesIsNotAcknowledged() {
        with(socket -> {}, client -> client.send("421[\"nobody\"]").quiet());
    }

    @Test
    void aHandlerThatThrowsIsToldAndTheConnectionLives() {
        BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onError((socket, failure) -> failures.add("server " + failure.getMessage()));
            server.io().onConnection(socket -> {
                socket.onError((failed, failure) -> failures.add("socket " + failure.getMessage()));
                socket.on("e", event -> {
                    throw new IOException("on purpose");
                });
                socket.on("e", event -> event.ack("the next one is called"));
            });
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"e\"]").next()).isEqualTo("431[\"the next one is called\"]");
                client.quiet();
            }
            assertThat(server.io().stats().handlerFailures()).isEqualTo(1);
        }
        assertThat(failures).containsExactly("socket on purpose", "server on purpose");
    }

    @Test
    void anErrorInAHandlerIsCaughtToo() {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        with(
                socket -> socket.onError((failed, failure) -> failures.add(failure))
                        .on("e", event -> {
                            throw new StackOverflowError();
                        }),
                client -> client.send("42[\"e\"]").quiet());
        assertThat(failures).singleElement().isInstanceOf(StackOverflowError.class);
    }

    @Test
    void anErrorHandlerThatThrowsEndsNothing() {
        with(
                socket -> socket.onError((failed, failure) -> {
                            throw new IllegalStateException("again");
                        })
                        .on("e", event -> {
                            throw new IllegalStateException("on purpose");
                        }),
                client -> client.send("42[\"e\"]").quiet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void aClientThatSendsAReservedNameIsClosed(String name) {
        try (SocketIoServer server = new SocketIoServer()) {
            BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
            server.io()
                    .onConnection(socket -> socket.onDisconnect((reason, description) -> reasons.add(reason.text())));
            try (WireClient client = server.connected()) {
                assertThat(client.send("42[\"" + name + "\"]").end()).isEqualTo(1005);
                await().until(() -> !reasons.isEmpty());
            }
            assertThat(reasons).containsExactly("parse error");
        }
    }

    @Test
    void theApplicationMayNotUseReservedNames() {
        with(
                socket -> {
                    BroadcastOperator room = socket.to("room");
                    for (String name : RESERVED) {
                        refused(() -> socket.on(name, event -> {}));
                        refused(() -> socket.on(name, String.class, text -> {}));
                        refused(() -> socket.once(name, event -> {}));
                        refused(() -> socket.emit(name));
                        refused(() -> socket.emitWithAck(name));
                        refused(() -> socket.timeout(Duration.ofSeconds(1)).emitWithAck(name));
                        refused(() -> room.emit(name));
                        refused(() -> socket.namespace().emit(name));
                        refused(() -> socket.namespace().server().emit(name));
                    }
                    socket.emit("done");
                },
                client -> assertThat(client.next()).isEqualTo("42[\"done\"]"));
    }

    private static void refused(ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("is a reserved event name");
    }

    @Test
    void sendIsAMessageEvent() {
        with(
                socket -> socket.on("message", String.class, text -> {
                    socket.send(text, 2);
                    socket.namespace().send("all");
                    socket.namespace().server().send("main");
                    socket.namespace().to(socket.id()).send("me");
                }),
                client -> {
                    client.send("42[\"message\",\"hi\"]");
                    assertThat(client.next()).isEqualTo("42[\"message\",\"hi\",2]");
                    assertThat(client.next()).isEqualTo("42[\"message\",\"all\"]");
                    assertThat(client.next()).isEqualTo("42[\"message\",\"main\"]");
                    assertThat(client.next()).isEqualTo("42[\"message\",\"me\"]");
                });
    }

    @Test
    void anEventsArgumentsMayBeAnythingThatJsonHolds() {
        record Point(int x, double y) {}
        with(
                socket -> socket.emit("e", null, true, 1, 2.5, "a\"b", new Point(1, 2), List.of(), Map.of("k", 1)),
                client -> assertThat(client.next())
                        .isEqualTo("42[\"e\",null,true,1,2.5,\"a\\\"b\",{\"x\":1,\"y\":2.0},[],{\"k\":1}]"));
    }

    @Test
    void whatCannotBeWrittenIsRefusedAtOnce() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        with(
                socket -> {
                    assertThatThrownBy(() -> socket.emit("e", cycle)).isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> socket.emitWithAck("e", cycle))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> socket.namespace().emit("e", cycle))
                            .isInstanceOf(IllegalArgumentException.class);
                    socket.emit("done");
                },
                client -> assertThat(client.next()).isEqualTo("42[\"done\"]"));
    }

    @Test
    void whatAHandlerChangesAfterEmitIsNotSent() {
        with(
                socket -> {
                    List<Integer> list = new ArrayList<>(List.of(1));
                    socket.emit("e", list);
                    list.add(2);
                },
                client -> assertThat(client.next()).isEqualTo("42[\"e\",[1]]"));
    }
}
