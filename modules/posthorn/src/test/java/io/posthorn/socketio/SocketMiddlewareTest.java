package io.posthorn.socketio;

import io.posthorn.loop.HandlerThread;
import org.junit.jupiter.api.Test;

import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands between one socket's events and their handlers. */
class SocketMiddlewareTest {
    private static void echo(Socket socket) {
        socket.on("echo", event -> event.ack(event.args()));
    }

    @Test
    void middlewaresRunInTheirOrderAndBeforeTheHandler() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.use((event, next) -> {
                    seen.add("first " + event.name());
                    next.proceed();
                });
                socket.use((event, next) -> {
                    seen.add("second " + event.text(0));
                    next.proceed();
                });
                echo(socket);
            });
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"echo\",\"x\"]").next()).isEqualTo("431[\"x\"]");
            }
        }
        assertThat(seen).containsExactly("first echo", "second x");
    }

    @Test
    void aRefusalGoesToOnErrorAndTheEventIsNotAcknowledged() {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.onError((failed, failure) -> failures.add(failure));
                socket.use((event, next) -> {
                    if (event.name().equals("secret")) {
                        next.refuse("not for you", 7);
                    } else {
                        next.proceed();
                    }
                });
                socket.on("secret", event -> event.ack("leaked"));
                echo(socket);
            });
            try (WireClient client = server.connected()) {
                client.send("421[\"secret\"]").quiet();
                assertThat(client.send("422[\"echo\",\"lives\"]").next()).isEqualTo("432[\"lives\"]");
            }
            assertThat(server.io().stats().handlerFailures()).isZero();
        }
        assertThat(failures).singleElement().isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused).hasMessage("not for you");
            assertThat(refused.data()).hasValue(7);
        });
    }

    @Test
    void anExceptionGoesToOnErrorAndTheEventIsDropped() {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.onError((failed, failure) -> failures.add(failure));
                socket.use((event, next) -> event.arg(0, Integer.class));
                socket.use((event, next) -> next.proceed());
                echo(socket);
            });
            try (WireClient client = server.connected()) {
                client.send("421[\"echo\",\"x\"]").quiet();
            }
        }
        assertThat(failures).singleElement().isInstanceOf(ArgumentException.class);
    }

    @Test
    void anEventThatIsNeitherLetOnNorRefusedIsDropped() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.use((event, next) -> {});
                echo(socket);
            });
            try (WireClient client = server.connected()) {
                client.send("421[\"echo\",\"x\"]").quiet();
            }
        }
    }

    @Test
    void theOrderOfEventsIsKeptThroughMiddlewareThatBlocks() {
        SocketIoOptions options = SocketIoOptions.defaults().withHandlers(HandlerThread.BLOCKING);
        orderIsKept(options);
    }

    @Test
    void theOrderOfEventsIsKeptThroughMiddlewareOnTheLoop() {
        orderIsKept(SocketIoOptions.defaults());
    }

    private static void orderIsKept(SocketIoOptions options) {
        int events = 500;
        try (SocketIoServer server = new SocketIoServer(options)) {
            server.io().onConnection(socket -> {
                socket.use((event, next) -> next.proceed());
                socket.use((event, next) -> next.proceed());
                echo(socket);
            });
            try (WireClient client = server.connected()) {
                for (int i = 0; i < events; i++) {
                    client.send("42" + i + "[\"echo\"," + i + "]");
                }
                for (int i = 0; i < events; i++) {
                    assertThat(client.next()).isEqualTo("43" + i + "[" + i + "]");
                }
            }
        }
    }

    @Test
    void anEventMayGoOnLaterAndHasLostItsPlace() {
        BlockingQueue<Next> waiting = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.use((event, next) -> {
                    if (event.text(0).equals("later")) {
                        waiting.add(next);
                    } else {
                        next.proceed();
                    }
                });
                echo(socket);
            });
            try (WireClient client = server.connected()) {
                client.send("421[\"echo\",\"later\"]").send("422[\"echo\",\"now\"]");
                assertThat(client.next()).isEqualTo("432[\"now\"]");
                waiting.remove().proceed();
                assertThat(client.next()).isEqualTo("431[\"later\"]");
            }
        }
    }

    @Test
    void anEventThatGoesOnAfterTheSocketsEndIsNotAnswered() throws Exception {
        BlockingQueue<Next> waiting = new LinkedBlockingQueue<>();
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                socket.use((event, next) -> waiting.add(next));
                socket.onDisconnect((reason, description) -> ends.add(reason.text()));
                echo(socket);
            });
            try (WireClient client = server.connected()) {
                client.send("421[\"echo\",\"x\"]").send("41");
                assertThat(ends.take()).isEqualTo("client namespace disconnect");
                waiting.remove().proceed();
                client.quiet();
            }
            assertThat(server.io().stats().handlerFailures()).isZero();
        }
    }

    @Test
    void aMiddlewareSeesEventsThatNobodyHandles() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io()
                    .onConnection(socket -> socket.use((event, next) -> {
                        seen.add(event.name());
                        next.proceed();
                    }));
            try (WireClient client = server.connected()) {
                client.send("421[\"nobody\"]").quiet();
            }
        }
        assertThat(seen).containsExactly("nobody");
    }

    @Test
    void aMiddlewareIsOneSocketsOwn() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                if (server.io().sockets().size() == 1) {
                    socket.use((event, next) -> {});
                }
                echo(socket);
            });
            try (WireClient first = server.connected();
                    WireClient second = server.connected()) {
                assertThat(second.send("421[\"echo\",1]").next()).isEqualTo("431[1]");
                first.send("421[\"echo\",1]").quiet();
            }
        }
    }
}
