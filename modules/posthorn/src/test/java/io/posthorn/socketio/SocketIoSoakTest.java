package io.posthorn.socketio;

import io.posthorn.engineio.EngineOptions;
import io.posthorn.engineio.EngineTimings;
import io.posthorn.loop.Loop;
import io.posthorn.socketio.adapter.Audience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that connect, join, emit, upgrade and drop at random: nothing of them may stay. */
@Timeout(900)
class SocketIoSoakTest {
    private static final int THREADS = 8;
    private static final int AT_ONCE = 16;
    private static final SocketIoOptions OPTIONS = SocketIoOptions.defaults()
            .withEngine(EngineOptions.defaults()
                    .withTimings(EngineTimings.defaults()
                            .withPings(Duration.ofSeconds(2), Duration.ofSeconds(2))
                            .withUpgradeTimeout(Duration.ofSeconds(2))))
            .withConnectTimeout(Duration.ofSeconds(3));

    @Test
    void ofClientsThatComeAndGoNothingIsLeft() throws Exception {
        comeAndGo(512);
    }

    @Tag("long")
    @Test
    void ofTwentyThousandClientsThatComeAndGoNothingIsLeft() throws Exception {
        comeAndGo(20_000);
    }

    private static void comeAndGo(int clients) throws Exception {
        try (SocketIoServer server = new SocketIoServer(OPTIONS)) {
            ConcurrentLinkedQueue<WeakReference<Socket>> met = new ConcurrentLinkedQueue<>();
            server.io().onConnection(socket -> {
                met.add(new WeakReference<>(socket));
                socket.on("join", String.class, socket::join);
                socket.on("leave", String.class, socket::leave);
                socket.on("say", event -> server.io().to(event.text(0)).emit("said", event.text(1)));
                socket.on("ask", event -> socket.emitWithAck("question", new byte[] {1, 2, 3}));
            });
            server.io().of("/other");

            inParallel(server.port(), clients / THREADS);

            await().atMost(Duration.ofMinutes(1)).until(() -> server.io().clients() == 0);
            SocketIoStats stats = server.io().stats();
            assertThat(stats.connected()).isGreaterThanOrEqualTo(clients).isEqualTo(stats.disconnected());
            assertThat(stats.handlerFailures()).isZero();
            nothingIsLeft(server, met);
        }
    }

    private static void nothingIsLeft(SocketIoServer server, Iterable<WeakReference<Socket>> met) {
        assertThat(server.io().sockets()).isEmpty();
        assertThat(server.io().of("/other").sockets()).isEmpty();
        Namespace main = server.io().of("/");
        await().until(() -> main.rooms().toCompletableFuture().get().isEmpty());
        await().until(() -> main.adapter()
                .members(Audience.everybody())
                .toCompletableFuture()
                .get()
                .equals(Set.of()));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> server.posthorn().stats().http().active() == 0);
        await().atMost(Duration.ofMinutes(1)).until(() -> timers(server) == 0);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            System.gc();
            for (WeakReference<Socket> socket : met) {
                if (!socket.refersTo(null)) {
                    return false;
                }
            }
            return true;
        });
    }

    private static int timers(SocketIoServer server) throws ExecutionException, InterruptedException {
        int waiting = 0;
        for (Loop loop : server.io().loops().all()) {
            waiting += loop.eventLoop().submit(() -> loop.timers().waiting()).get();
        }
        return waiting;
    }

    private static void inParallel(int port, int clientsEach) throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> lives = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(i);
                lives.add(threads.submit(() -> live(port, clientsEach, random)));
            }
            for (Future<?> life : lives) {
                life.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Some live at the same time, and go in another order than they came. */
    private static void live(int port, int clients, Random random) {
        List<SoakClient> present = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            SoakClient client = new SoakClient(port, random);
            client.begin();
            present.add(client);
            if (present.size() == AT_ONCE) {
                present.remove(random.nextInt(AT_ONCE)).close();
            }
        }
        present.forEach(SoakClient::close);
    }
}
