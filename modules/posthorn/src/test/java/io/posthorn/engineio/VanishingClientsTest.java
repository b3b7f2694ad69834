package io.posthorn.engineio;

import io.posthorn.http.RawClient;
import io.posthorn.loop.IoKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that leave without a word, wherever they are just then: nothing is left of them. */
class VanishingClientsTest {
    private static final int CLIENTS = 150;
    private static final int THREADS = 8;
    private static final int NOTHING = -1;
    private static final long SEED = 20261122;

    @ParameterizedTest
    @MethodSource("ofThisMachine")
    void nothingIsLeftOfClientsThatVanish(IoKind io) throws Exception {
        EngineOptions options = EngineOptions.defaults()
                .withTimings(EngineTimings.defaults()
                        .withPings(Duration.ofMillis(300), Duration.ofMillis(200))
                        .withUpgradeTimeout(Duration.ofMillis(300)));
        Recorder sessions = new Recorder((session, text) -> session.send("back " + text));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (EngineHost host = new EngineHost(io, 3, options, sessions)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(SEED + i);
                done.add(threads.submit(() -> liveAndVanish(host, random)));
            }
            for (Future<?> each : done) {
                each.get(60, TimeUnit.SECONDS);
            }
            await().until(() -> host.engine().sessions() == 0);
            await().until(() -> host.connections() == 0);
            await().until(() -> host.timers() == 0);
            assertThat(host.heartbeats()).isZero();
            assertThat(host.stats().sessions()).isZero();
            assertThat(host.stats().failures()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void liveAndVanish(EngineHost host, Random random) {
        int steps = random.nextInt(8);
        EngineClient client = EngineClient.open(host);
        List<AutoCloseable> open = new ArrayList<>(List.of(client));
        try {
            for (int step = 0; step < steps; step++) {
                boolean isLeftOut = step < 4 && random.nextBoolean();
                switch (isLeftOut ? NOTHING : step) {
                    case 0 -> client.beginPoll();
                    case 1 -> client.post("4hello");
                    case 2 -> beginPost(client);
                    case 3 ->
                        open.add(new RawClient(host.port())
                                .send(EngineFrames.handshake("EIO=4&transport=websocket&sid=" + client.sid())));
                    case 4 -> open.add(client.webSocket());
                    case 5 -> ((EngineFrames) open.get(open.size() - 1)).send("2probe");
                    case 6 ->
                        ((EngineFrames) open.get(open.size() - 1)).send("5").send("4by WebSocket");
                    default -> {}
                }
            }
        } finally {
            open.forEach(VanishingClientsTest::vanish);
        }
    }

    /** Half of a POST, which ends the session where another one is being taken. */
    private static void beginPost(EngineClient client) {
        String request = EngineClient.request("POST", "EIO=4&transport=polling&sid=" + client.sid(), "4hello");
        client.connect().send(request.substring(0, request.length() - 3));
    }

    private static void vanish(AutoCloseable connection) {
        try {
            connection.close();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static Stream<IoKind> ofThisMachine() {
        return Stream.of(IoKind.values()).filter(IoKind::isAvailable);
    }
}
