package io.posthorn.socketio;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Rooms: joining, leaving, and who is where. */
class RoomTest {
    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Socket socket(SocketIoServer server, String id) {
        return server.io().of("/").socket(id).orElseThrow();
    }

    /** Handlers by which a client moves about: each is acknowledged with the rooms that follow. */
    private static void moves(Socket socket) {
        socket.on("join", String.class, (room, ack) -> ack.send(others(socket.join(room))));
        socket.on("leave", String.class, (room, ack) -> ack.send(others(socket.leave(room))));
    }

    private static Object others(Socket socket) {
        return socket.rooms().stream()
                .filter(room -> !room.equals(socket.id()))
                .sorted()
                .toList();
    }

    @Test
    void aSocketIsInARoomOfItsOwnFromTheBeginning() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            String id = client.join("");
            assertThat(socket(server, id).rooms()).containsExactly(id);
            assertThat(get(server.io().of("/").rooms())).isEmpty();
            server.io().to(id).emit("to you");
            assertThat(client.next()).isEqualTo("42[\"to you\"]");
        }
    }

    @Test
    void aSocketJoinsAndLeavesRooms() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(RoomTest::moves);
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"join\",\"a\"]").next()).isEqualTo("431[[\"a\"]]");
                assertThat(client.send("422[\"join\",\"b\"]").next()).isEqualTo("432[[\"a\",\"b\"]]");
                assertThat(client.send("423[\"leave\",\"a\"]").next()).isEqualTo("433[[\"b\"]]");
                server.io().to("a").emit("a");
                server.io().to("b").emit("b");
                assertThat(client.next()).isEqualTo("42[\"b\"]");
                client.quiet();
            }
        }
    }

    @Test
    void joiningAndLeavingTwiceChangesNothing() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(RoomTest::moves);
            try (WireClient client = server.connected()) {
                assertThat(client.send("420[\"join\",\"a\"]").next()).isEqualTo("430[[\"a\"]]");
                assertThat(client.send("421[\"join\",\"a\"]").next()).isEqualTo("431[[\"a\"]]");
                server.io().to("a").emit("x");
                assertThat(client.next()).isEqualTo("42[\"x\"]");
                client.quiet();
                assertThat(client.send("422[\"leave\",\"a\"]").next()).isEqualTo("432[[]]");
                assertThat(client.send("423[\"leave\",\"a\"]").next()).isEqualTo("433[[]]");
            }
        }
    }

    @Test
    void aSocketMayJoinSeveralRoomsAtOnce() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.joinAll(List.of("a", "b", "a")));
            try (WireClient client = server.client()) {
                String id = client.join("");
                client.quiet();
                assertThat(socket(server, id).rooms()).containsExactlyInAnyOrder(id, "a", "b");
            }
        }
    }

    @Test
    void aRoomsNameMayBeAnyText() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.joinAll(List.of("", "房间 1", "__proto__")));
            try (WireClient client = server.connected()) {
                client.quiet();
                for (String room : new String[] {"", "房间 1", "__proto__"}) {
                    server.io().to(room).emit("x");
                    assertThat(client.next()).isEqualTo("42[\"x\"]");
                }
            }
        }
    }

    @Test
    void aSocketMayBeJoinedFromAnyThreadAndSeesItSoon() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            Socket socket = socket(server, client.join(""));
            socket.join("a");
            await().until(() -> socket.rooms().contains("a"));
            server.io().to("a").emit("x");
            assertThat(client.next()).isEqualTo("42[\"x\"]");
        }
    }

    @Test
    void theRoomsOfANamespaceAreThoseThatSomebodyIsIn() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(RoomTest::moves);
            Namespace main = server.io().of("/");
            try (WireClient first = server.connected();
                    WireClient second = server.connected()) {
                first.send("421[\"join\",\"a\"]").next();
                second.send("421[\"join\",\"a\"]").next();
                second.send("421[\"join\",\"b\"]").next();
                assertThat(get(main.rooms())).containsExactlyInAnyOrder("a", "b");
                first.send("421[\"leave\",\"a\"]").next();
                assertThat(get(main.rooms())).containsExactlyInAnyOrder("a", "b");
                second.leave();
                await().until(() -> get(main.rooms()).isEmpty());
            }
        }
    }

    @Test
    void aSocketThatHasEndedIsInNoRoomAndJoinsNone() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            Socket socket = socket(server, client.join(""));
            socket.join("a");
            client.send("41").quiet();
            assertThat(socket.rooms()).isEmpty();
            socket.join("b");
            socket.leave("a");
            client.quiet();
            assertThat(socket.rooms()).isEmpty();
            assertThat(get(server.io().of("/").rooms())).isEmpty();
            assertThat(get(server.io().in("b").ids())).isEmpty();
        }
    }

    @Test
    void idsAreThoseWhoWouldGetABroadcast() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient first = server.client();
                WireClient second = server.client();
                WireClient third = server.client()) {
            String one = first.join("");
            String two = second.join("");
            String three = third.join("");
            socket(server, one).join("a");
            socket(server, two).joinAll(List.of("a", "b"));
            assertThat(get(server.io().to("a").ids())).containsExactlyInAnyOrder(one, two);
            assertThat(get(server.io().to("a", "b").except("b").ids())).containsExactly(one);
            assertThat(get(server.io().except("b").ids())).containsExactlyInAnyOrder(one, three);
            assertThat(get(server.io().to("nobody").ids())).isEmpty();
            assertThat(get(socket(server, one).broadcast().ids())).containsExactlyInAnyOrder(two, three);
            assertThat(get(server.io().to(three).ids())).containsExactly(three);
        }
    }

    @Test
    void theSocketsOfANamespaceAreAViewThatChanges() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            assertThat(server.io().sockets()).isEmpty();
            String id = client.join("");
            assertThat(server.io().sockets()).extracting(Socket::id).containsExactly(id);
            assertThat(server.io().of("/").socket(id)).isPresent();
            client.send("41").quiet();
            assertThat(server.io().sockets()).isEmpty();
            assertThat(server.io().of("/").socket(id)).isEmpty();
        }
    }

    @Test
    void roomsOfOneNameInTwoNamespacesAreTwoRooms() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            Namespace news = server.io().of("/news");
            Set<String> ids = Set.of(client.join(""), client.join("/news,"));
            assertThat(ids).hasSize(2);
            news.sockets().forEach(socket -> socket.join("a"));
            assertThat(get(news.rooms())).containsExactly("a");
            assertThat(get(server.io().of("/").rooms())).isEmpty();
            server.io().to("a").emit("main");
            server.io().emit("main");
            assertThat(client.next()).isEqualTo("42[\"main\"]");
            news.to("a").emit("news");
            assertThat(client.next()).isEqualTo("42/news,[\"news\"]");
            news.emit("news");
            assertThat(client.next()).isEqualTo("42/news,[\"news\"]");
            client.quiet();
        }
    }

    @Test
    void aSocketInTheMiddlewareIsNoOneYet() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> socket.join("a"));
            client.send("40").quiet();
            assertThat(server.io().sockets()).isEmpty();
            assertThat(get(server.io().in("a").ids())).isEmpty();
            assertThat(get(server.io().of("/").to().ids())).isEmpty();
        }
    }
}
