package io.posthorn.websocket;

import io.posthorn.http.HttpLimits;
import io.posthorn.http.HttpOptions;
import io.posthorn.http.PemFiles;
import io.posthorn.http.Tls;
import io.posthorn.loop.IoKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import static io.posthorn.websocket.Frames.frame;
import static io.posthorn.websocket.Frames.hex;
import static io.posthorn.websocket.Frames.join;
import static io.posthorn.websocket.Frames.text;
import static io.posthorn.websocket.MovingServer.handshake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A WebSocket that lives on another loop than its handshake. */
class LoopMoveTest {
    private static final int CLIENTS = 200;
    private static final int THREADS = 8;

    static Stream<IoKind> kinds() {
        return Arrays.stream(IoKind.values()).filter(IoKind::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theConnectionIsOpenedAndReadOnItsHomeLoop(IoKind kind) throws Exception {
        try (MovingServer server = plain(kind, MovingServer::echo);
                TestServer.RawSocket client = new TestServer.RawSocket(server.open(), handshake("/next"))) {
            assertThat(client.awaitSwitch()).contains("X-Home: other\r\n");
            for (int i = 0; i < 20; i++) {
                client.write(text("message " + i));
                assertThat(client.readText()).isEqualTo("message " + i);
            }
            assertThat(server.failure).hasNullValue();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theServerMaySpeakFirst(IoKind kind) throws Exception {
        try (MovingServer server = plain(kind, webSocket -> webSocket.send("welcome"));
                TestServer.RawSocket client = new TestServer.RawSocket(server.open(), handshake("/later"))) {
            client.awaitSwitch();
            assertThat(client.readText()).isEqualTo("welcome");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void framesBehindTheHandshakeAreHandledAfterTheMoveAndInOrder(IoKind kind) throws Exception {
        try (MovingServer server = plain(kind, MovingServer::echo)) {
            for (String path : List.of("/next", "/later")) {
                byte[] first = join(handshake(path), texts(0, 3000));
                try (TestServer.RawSocket client = new TestServer.RawSocket(server.open(), first)) {
                    client.write(texts(3000, 3010));
                    client.awaitSwitch();
                    expectTexts(client, 0, 3010);
                }
            }
            assertThat(server.failure).hasNullValue();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aHandshakeCutAnywhereMovesToo(IoKind kind) throws Exception {
        byte[] bytes = join(handshake("/next"), texts(0, 3));
        try (MovingServer server = plain(kind, MovingServer::echo)) {
            for (int cut = 1; cut < bytes.length; cut += 7) {
                try (TestServer.RawSocket client = new TestServer.RawSocket(server.open(), Arrays.copyOf(bytes, cut))) {
                    client.write(Arrays.copyOfRange(bytes, cut, bytes.length));
                    client.awaitSwitch();
                    expectTexts(client, 0, 3);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theMoveWaitsUntilAnswersBeforeItHaveLeft(IoKind kind) throws Exception {
        byte[] first = join(handshake("/large"), texts(0, 10));
        try (MovingServer server = plain(kind, MovingServer::echo);
                TestServer.RawSocket client = new TestServer.RawSocket(server.open(), first)) {
            await().until(() -> server.httpStats().upgrades() == 1);
            assertThat(server.opened).isEmpty();

            assertThat(client.awaitSwitch()).hasSizeGreaterThan(MovingServer.LARGE);
            expectTexts(client, 0, 10);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void overTlsNothingIsLostEither(IoKind kind, @TempDir Path folder) throws Exception {
        PemFiles files = PemFiles.in(folder);
        HttpOptions options = HttpOptions.defaults().withTls(Tls.fromPem(files.certificate(), files.key()));
        try (MovingServer server = new MovingServer(kind, options, WebSocketOptions.defaults(), MovingServer::echo)) {
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                for (String path : List.of("/next", "/later")) {
                    // Several records at once, whose last the server may read in parts.
                    byte[] first = join(handshake(path), texts(0, 5000));
                    try (TestServer.RawSocket client = new TestServer.RawSocket(tls(server, files, version), first)) {
                        client.write(texts(5000, 5010));
                        client.awaitSwitch();
                        expectTexts(client, 0, 5010);
                        client.write(text("still here"));
                        assertThat(client.readText()).isEqualTo("still here");
                    }
                }
            }
            assertThat(server.failure).hasNullValue();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void clientsThatVanishInMidMoveLeaveNothingBehind(IoKind kind) throws Exception {
        try (MovingServer server = plain(kind, MovingServer::echo)) {
            inParallel(client -> {
                Socket socket = server.open();
                if (client % 3 == 0) {
                    socket.setSoLinger(true, 0); // a reset
                }
                TestServer.RawSocket raw = new TestServer.RawSocket(
                        socket, join(handshake(client % 2 == 0 ? "/next" : "/later"), texts(0, client % 5)));
                if (client % 4 == 0) {
                    raw.awaitSwitch();
                }
                raw.hangUp();
            });
            await().until(() -> server.httpStats().active() == 0);
            await().until(() -> server.stats().open() == 0);
            assertThat(server.stats().opened()).isEqualTo(server.stats().closed());
            assertThat(server.failure).hasNullValue();

            try (TestServer.RawSocket client = new TestServer.RawSocket(server.open(), handshake("/next"))) {
                client.awaitSwitch();
                client.write(text("alive"));
                assertThat(client.readText()).isEqualTo("alive");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void manyConnectionsMoveWhileOthersEcho(IoKind kind) throws Exception {
        try (MovingServer server = plain(kind, MovingServer::echo)) {
            inParallel(client -> {
                Random random = new Random(client);
                int pipelined = random.nextInt(50);
                byte[] first = join(handshake(random.nextBoolean() ? "/next" : "/later"), texts(0, pipelined));
                int cut = 1 + random.nextInt(first.length);
                try (TestServer.RawSocket raw = new TestServer.RawSocket(server.open(), Arrays.copyOf(first, cut))) {
                    raw.write(Arrays.copyOfRange(first, cut, first.length));
                    raw.write(texts(pipelined, 100));
                    raw.awaitSwitch();
                    expectTexts(raw, 0, 100);
                    for (int i = 0; i < 20; i++) {
                        raw.write(text("again " + i));
                        assertThat(raw.readText()).isEqualTo("again " + i);
                    }
                }
            });
            assertThat(server.opened).hasSize(CLIENTS);
            assertThat(server.failure).hasNullValue();
            await().until(() -> server.stats().open() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aServerThatClosesWaitsForThoseWhoMove(IoKind kind) throws Exception {
        MovingServer server = plain(kind, MovingServer::echo);
        try (TestServer.RawSocket client = new TestServer.RawSocket(server.open(), handshake("/large"))) {
            await().until(() -> server.httpStats().upgrades() == 1);
            Thread closes = new Thread(server::close);
            closes.start();
            await().until(() -> server.webSockets().isClosing());

            client.awaitSwitch();
            // FIN and opcode 8: 1001
            assertThat(client.readPayload()).startsWith(0x03, 0xe9);
            assertThat(closes.isAlive()).isTrue();
            client.write(frame(0x88, hex("03e9")));
            assertThat(client.isAtEnd()).isTrue();
            closes.join();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aClientThatLeavesTheAnswerUntouchedIsCut(IoKind kind) throws Exception {
        HttpLimits limits = HttpLimits.defaults()
                .withDeadlines(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300));
        try (MovingServer server = new MovingServer(
                        kind,
                        HttpOptions.defaults().withLimits(limits),
                        WebSocketOptions.defaults(),
                        MovingServer::echo);
                TestServer.RawSocket client = new TestServer.RawSocket(server.open(), handshake("/large"))) {
            await().until(() -> server.httpStats().active() == 0);
            assertThat(server.httpStats().idle()).isEqualTo(1);
            assertThat(server.opened).isEmpty();
            client.hangUp();
        }
    }

    private static MovingServer plain(IoKind kind, Consumer<WebSocket> onConnection) throws IOException {
        return new MovingServer(kind, HttpOptions.defaults(), WebSocketOptions.defaults(), onConnection);
    }

    private static byte[] texts(int from, int to) {
        return join(IntStream.range(from, to).mapToObj(i -> text("text " + i)).toArray(byte[][]::new));
    }

    private static void expectTexts(TestServer.RawSocket client, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            assertThat(client.readText()).isEqualTo("text " + i);
        }
    }

    private static Socket tls(MovingServer server, PemFiles files, String version) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(files.trust());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(server.open(), "localhost", 0, true);
        socket.setEnabledProtocols(new String[] {version});
        return socket;
    }

    private interface Client {
        void run(int number) throws Exception;
    }

    private static void inParallel(Client client) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                running.add(pool.submit(() -> {
                    client.run(number);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
