package io.posthorn.engineio;

import io.posthorn.loop.IoKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Upgrades in mid-stream: each message arrives once and in order, down and up, whatever loops the connections are on. */
class UpgradeUnderLoadTest {
    private static final int SENDERS = 3;
    private static final int MESSAGES = 400;
    private static final int CLIENTS = 40;
    private static final int LOOPS = 3;
    private static final long PACE_NANOS = 100_000;
    private static final long SEED = 20261122;

    @ParameterizedTest
    @MethodSource("ofThisMachine")
    void eachMessageArrivesOnceAndInOrder(IoKind io) throws Exception {
        Recorder sessions = new Recorder();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (EngineHost host = new EngineHost(io, LOOPS, EngineOptions.defaults(), sessions)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                UpgradingClient client = new UpgradingClient(EngineClient.open(host), SEED + i);
                RecordedSession session = sessions.next();
                for (int sender = 0; sender < SENDERS; sender++) {
                    String name = sender + ":";
                    threads.execute(() -> IntStream.range(0, MESSAGES).forEach(n -> {
                        session.send(name + n);
                        LockSupport.parkNanos(PACE_NANOS); // so that they go on while the clients upgrade
                    }));
                }
                done.add(threads.submit(() -> assertDown(client.run(MESSAGES, SENDERS * MESSAGES))));
                done.add(threads.submit(() -> assertUp(session)));
            }
            for (Future<?> each : done) {
                each.get(120, TimeUnit.SECONDS);
            }
            assertThat(host.stats().upgrades()).isEqualTo(CLIENTS);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Stream<IoKind> ofThisMachine() {
        return Stream.of(IoKind.values()).filter(IoKind::isAvailable);
    }

    private static void assertDown(List<String> messages) {
        for (int sender = 0; sender < SENDERS; sender++) {
            String name = sender + ":";
            assertThat(messages.stream().filter(message -> message.startsWith(name)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, MESSAGES).mapToObj(n -> name + n).toList());
        }
    }

    private static void assertUp(RecordedSession session) {
        int expected = 0;
        while (expected < MESSAGES) {
            String next = session.next();
            if (!next.equals("upgraded")) {
                assertThat(next).isEqualTo("up " + expected);
                expected++;
            }
        }
    }
}
