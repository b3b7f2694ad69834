package io.posthorn.socketio;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What sockets may cost, and what options may be. */
class SocketIoLimitsTest {
    private static SocketIoServer server(SocketIoLimits limits) {
        return new SocketIoServer(SocketIoOptions.defaults().withLimits(limits));
    }

    @Test
    void aSocketIsInAsManyRoomsAsTheLimitAllowsItsOwnAmongThem() {
        try (SocketIoServer server = server(SocketIoLimits.defaults().withMaxRooms(3, 10))) {
            server.io().onConnection(socket -> {
                socket.on("join", String.class, (room, ack) -> {
                    try {
                        socket.join(room);
                        ack.send(socket.rooms().size());
                    } catch (IllegalStateException full) {
                        ack.send(full.getMessage());
                    }
                });
                socket.on(
                        "leave",
                        String.class,
                        (room, ack) -> ack.send(socket.leave(room).rooms().size()));
            });
            try (WireClient client = server.connected()) {
                assertThat(client.send("421[\"join\",\"a\"]").next()).isEqualTo("431[2]");
                assertThat(client.send("422[\"join\",\"b\"]").next()).isEqualTo("432[3]");
                assertThat(client.send("423[\"join\",\"c\"]").next())
                        .isEqualTo("433[\"A socket is in at most 3 rooms\"]");
                assertThat(client.send("424[\"join\",\"b\"]").next()).isEqualTo("434[3]");
                assertThat(client.send("425[\"leave\",\"a\"]").next()).isEqualTo("435[2]");
                assertThat(client.send("426[\"join\",\"c\"]").next()).isEqualTo("436[3]");
            }
        }
    }

    @Test
    void severalRoomsThatAreTooManyAreNoneJoined() {
        try (SocketIoServer server = server(SocketIoLimits.defaults().withMaxRooms(2, 10));
                WireClient client = server.client()) {
            String id = client.join("");
            Socket socket = server.io().of("/").socket(id).orElseThrow();
            assertThatThrownBy(() -> socket.joinAll(List.of("a", "b"))).isInstanceOf(IllegalStateException.class);
            client.quiet();
            assertThat(socket.rooms()).containsExactly(id);
        }
    }

    @Test
    void aRoomsNameHasAsManyCharactersAsTheLimitAllows() {
        try (SocketIoServer server = server(SocketIoLimits.defaults().withMaxRooms(10, 3));
                WireClient client = server.client()) {
            Socket socket = server.io().of("/").socket(client.join("")).orElseThrow();
            socket.join("abc");
            assertThatThrownBy(() -> socket.join("abcd"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A room's name has at most 3 characters");
            client.quiet();
            assertThat(socket.rooms()).hasSize(2);
        }
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> SocketIoLimits.defaults().withMaxPendingAcks(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The limit maxPendingAcks must be positive, not 0.");
        assertThatThrownBy(() -> SocketIoLimits.defaults().withMaxRooms(-1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SocketIoLimits.defaults().withMaxRooms(1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTimeToConnectIsPositive() {
        assertThatThrownBy(() -> SocketIoOptions.defaults().withConnectTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connectTimeout");
    }

    @Test
    void theDefaultsAreThoseOfTheReference() {
        SocketIoOptions options = SocketIoOptions.defaults();
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(options.servesClient()).isTrue();
        assertThat(options.engine().timings().pingInterval()).isEqualTo(Duration.ofSeconds(25));
        assertThat(options.engine().timings().pingTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(options.engine().timings().upgradeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.engine().limits().maxPayload()).isEqualTo(1_000_000);
    }
}
