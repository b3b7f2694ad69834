package io.posthorn.engineio;

import io.posthorn.http.HttpLimits;
import io.posthorn.http.HttpOptions;
import io.posthorn.http.HttpServer;
import io.posthorn.http.Router;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.loop.UserThreads;
import io.posthorn.websocket.WebSockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** A server with Engine.IO at {@code /engine.io/}, of which a test sees what it owns; its owner closes it. */
final class EngineHost implements AutoCloseable {
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);
    private static final int MAX_CONNECTIONS = 20_000;

    private final EventLoops loops;
    private final UserThreads threads = new UserThreads();
    private final WebSockets webSockets;
    private final EngineIo engine;
    private final HttpServer server;
    private final int port;

    /** A server with one loop, on which requests are handled in the order in which they come. */
    EngineHost(EngineOptions options, SessionHandler handler) {
        this(IoKind.best(), 1, options, handler);
    }

    EngineHost(IoKind io, int loopCount, EngineOptions options, SessionHandler handler) {
        loops = new EventLoops(io, loopCount);
        webSockets = new WebSockets(loops, threads);
        engine = new EngineIo(loops, threads, webSockets, options, handler);
        Router router = new Router().route("/engine.io/{rest...}", options.origins(), engine.requests());
        HttpOptions http = HttpOptions.defaults()
                .withLimits(HttpLimits.defaults().withMaxConnections(MAX_CONNECTIONS, MAX_CONNECTIONS));
        server = new HttpServer(loops, threads, http, router);
        try {
            port = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return port;
    }

    EngineIo engine() {
        return engine;
    }

    EngineStats stats() {
        return engine.stats();
    }

    /** Deadlines of all loops, those of connections too. */
    long timers() {
        return sum(loop -> loop.timers().waiting());
    }

    /** Sessions whose heartbeat is watched. */
    long heartbeats() {
        return sum(loop -> engine.heartbeats(loop).size());
    }

    /** Connections, WebSockets too. */
    long connections() {
        return server.stats().active();
    }

    /** Whether a poll of a session's waits. */
    boolean polls(String sid) {
        Session session = Objects.requireNonNull(engine.registry().find(sid));
        CompletableFuture<Boolean> polls = new CompletableFuture<>();
        session.loop().mailbox().execute(() -> {
            session.posting(polling -> polls.complete(polling.isWaiting()));
            polls.complete(false);
        });
        return polls.join();
    }

    private long sum(ToLongFunction<Loop> count) {
        long sum = 0;
        for (Loop loop : loops.all()) {
            try {
                sum += loop.eventLoop().submit(() -> count.applyAsLong(loop)).get(20, TimeUnit.SECONDS);
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        }
        return sum;
    }

    @Override
    public void close() {
        engine.close(CLOSE_DEADLINE);
        webSockets.close(CLOSE_DEADLINE);
        server.close(CLOSE_DEADLINE);
        threads.close();
        loops.close();
    }
}
