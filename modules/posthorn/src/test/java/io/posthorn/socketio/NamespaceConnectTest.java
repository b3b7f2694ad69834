package io.posthorn.socketio;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** How a client joins a namespace: CONNECT and its answers. */
class NamespaceConnectTest {
    private static final int NO_STATUS = 1005;

    record Login(String token, int age) {}

    @Test
    void connectIsAnsweredWithTheSocketsIdAndNothingElse() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            assertThat(client.send("40").next()).matches("40\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}");
            client.quiet();
        }
    }

    @Test
    void anEmptyMessageIsAConnect() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            assertThat(client.send("4").next()).startsWith("40{\"sid\":\"");
        }
    }

    @Test
    void theSocketsIdIsNotTheSessionsAndAnotherOneInEachNamespace() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().of("/news");
            String main = client.join("");
            String news = client.join("/news,");
            assertThat(main).isNotEqualTo(news);
            assertThat(client.open())
                    .contains("\"sid\":\"")
                    .doesNotContain(main)
                    .doesNotContain(news);
        }
    }

    @Test
    void aConnectToANamespaceNamesItInTheAnswer() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().of("/custom");
            assertThat(client.send("40/custom,").next()).startsWith("40/custom,{\"sid\":\"");
        }
    }

    @Test
    void theCommaBehindTheNameMayBeLeftOut() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().of("/custom");
            assertThat(client.send("40/custom").next()).startsWith("40/custom,{\"sid\":\"");
        }
    }

    @Test
    void aNamespacesNameIsMadeWithItsSlash() {
        try (SocketIoServer server = new SocketIoServer()) {
            assertThat(server.io().of("news")).isSameAs(server.io().of("/news"));
            assertThat(server.io().of("news").name()).isEqualTo("/news");
            assertThat(server.io().namespaces()).extracting(Namespace::name).containsExactlyInAnyOrder("/", "/news");
        }
    }

    @Test
    void aNamespacesNameMayHaveNoCommaAndIsNotLong() {
        try (SocketIoServer server = new SocketIoServer()) {
            assertThatThrownBy(() -> server.io().of("/a,b")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> server.io().of("/" + "a".repeat(256)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void authIsBoundToATypeToAMapAndIsThereAsJson() {
        Queue<Object> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> {
                seen.add(socket.handshake().auth(Login.class));
                seen.add(socket.handshake().auth());
                seen.add(socket.handshake().authJson());
                next.proceed();
            });
            assertThat(client.send("40{\"token\":\"x\",\"age\":7}").next()).startsWith("40{\"sid\":\"");
        }
        assertThat(seen)
                .containsExactly(new Login("x", 7), Map.of("token", "x", "age", 7), "{\"token\":\"x\",\"age\":7}");
    }

    @Test
    void withoutAuthItIsAnEmptyObject() {
        Queue<Object> seen = new ConcurrentLinkedQueue<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                seen.add(socket.handshake().auth());
                seen.add(socket.handshake().authJson());
            });
            try (WireClient client = server.connected()) {
                client.quiet();
            }
        }
        assertThat(seen).containsExactly(Map.of(), "{}");
    }

    @Test
    void authThatDoesNotFitIsAnArgumentExceptionAndRefusesWithoutDetail() {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().onError((socket, failure) -> failures.add(failure));
            server.io().use((socket, next) -> {
                socket.handshake().auth(Login.class);
                next.proceed();
            });
            assertThat(client.send("40{\"age\":\"secret\"}").next())
                    .isEqualTo("44{\"message\":\"Internal server error\"}");
        }
        assertThat(failures).singleElement().isInstanceOf(ArgumentException.class);
        assertThat(failures.element()).hasMessageContaining("auth").hasMessageNotContaining("secret");
    }

    @Test
    void anUnknownNamespaceIsRefusedAndTheConnectionLives() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            assertThat(client.send("40/unknown,").next()).isEqualTo("44/unknown,{\"message\":\"Invalid namespace\"}");
            assertThat(client.send("40/unknown,{\"token\":\"a?b,c\"}").next())
                    .isEqualTo("44/unknown,{\"message\":\"Invalid namespace\"}");
            client.join("");
        }
    }

    @Test
    void namespacesAreComparedLetterByLetter() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().of("/news");
            assertThat(client.send("40/News,").next()).isEqualTo("44/News,{\"message\":\"Invalid namespace\"}");
        }
    }

    @Test
    void aSecondConnectToTheSameNamespaceClosesTheConnection() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            assertThat(client.send("40").closeCode()).isEqualTo(NO_STATUS);
        }
    }

    @Test
    void aSecondConnectWhileTheFirstOneIsUnansweredClosesTheConnection() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> {});
            assertThat(client.send("40").send("40").closeCode()).isEqualTo(NO_STATUS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"42[\"e\"]", "42/news,[\"e\"]", "420[\"e\"]", "430[]", "41", "41/news,", "44{\"message\":\"x\"}"
            })
    void whateverComesBeforeConnectClosesTheConnection(String packet) {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().of("/news");
            assertThat(client.send(packet).closeCode()).isEqualTo(NO_STATUS);
            assertThat(server.io().stats().violations()).isEqualTo(1);
        }
    }

    @Test
    void anEventBeforeTheAnswerToConnectClosesTheConnection() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> {});
            assertThat(client.send("40").send("42[\"e\"]").closeCode()).isEqualTo(NO_STATUS);
        }
    }

    @Test
    void anEventAfterARefusalClosesTheConnection() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> next.refuse("no"));
            assertThat(client.send("40").next()).isEqualTo("44{\"message\":\"no\"}");
            assertThat(client.send("42[\"e\"]").closeCode()).isEqualTo(NO_STATUS);
        }
    }

    @Test
    void anEventOfAnotherNamespaceThanTheJoinedOneClosesTheConnection() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            server.io().of("/news");
            assertThat(client.send("42/news,[\"e\"]").closeCode()).isEqualTo(NO_STATUS);
        }
    }

    @Test
    void anEventOfANamespaceThatTheServerEndedIsDropped() {
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> socket.on("end", event -> socket.disconnect()));
            try (WireClient client = server.connected()) {
                // The client cannot know yet that it is out.
                client.send("42[\"end\"]").send("42[\"late\"]").send("430[]").send("41");
                assertThat(client.next()).isEqualTo("41");
                client.quiet();
                client.join("");
            }
        }
    }

    @Test
    void aClientMayJoinAgainAfterItLeft() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            String before = client.join("");
            client.send("41");
            assertThat(client.join("")).isNotEqualTo(before);
        }
    }

    @Test
    void anEventAfterTheClientLeftClosesTheConnection() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.connected()) {
            assertThat(client.send("41").send("42[\"e\"]").closeCode()).isEqualTo(NO_STATUS);
        }
    }

    @Test
    void aConnectionThatJoinsNoNamespaceInTimeIsClosed() {
        SocketIoOptions options = SocketIoOptions.defaults().withConnectTimeout(Duration.ofMillis(50));
        try (SocketIoServer server = new SocketIoServer(options);
                WireClient client = server.client()) {
            assertThat(client.closeCode()).isEqualTo(NO_STATUS);
            assertThat(server.io().stats().connectTimeouts()).isEqualTo(1);
            assertThat(server.io().stats().violations()).isZero();
            await().until(() -> server.io().clients() == 0);
        }
    }

    @Test
    void aConnectionThatJoinedInTimeStays() {
        SocketIoOptions options = SocketIoOptions.defaults().withConnectTimeout(Duration.ofSeconds(1));
        try (SocketIoServer server = new SocketIoServer(options);
                WireClient joined = server.connected();
                WireClient idle = server.client()) {
            assertThat(idle.closeCode()).isEqualTo(NO_STATUS);
            joined.quiet();
        }
    }

    @Test
    void whatIsSentToASocketInTheMiddlewareIsDropped() {
        try (SocketIoServer server = new SocketIoServer();
                WireClient client = server.client()) {
            server.io().use((socket, next) -> {
                socket.join("room");
                socket.emit("one");
                server.io().to("room").emit("two");
                server.io().emit("three");
                next.proceed();
            });
            assertThat(client.send("40").next()).startsWith("40{\"sid\":\"");
            client.quiet();
            server.io().to("room").emit("four");
            assertThat(client.next()).isEqualTo("42[\"four\"]");
        }
    }
}
