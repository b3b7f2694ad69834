package io.posthorn.feed;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.posthorn.http.HttpLimits;
import io.posthorn.http.HttpOptions;
import io.posthorn.http.HttpServer;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.loop.UserThreads;
import io.posthorn.websocket.WebSockets;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** A server of two loops with the feeds of one route, of which a test sees what they own. */
final class FeedHost implements AutoCloseable {
    static final String PATH = "/feed";

    private final EventLoops loops = new EventLoops(IoKind.best(), 2);
    private final UserThreads threads = new UserThreads();
    private final WebSockets webSockets = new WebSockets(loops, threads);
    private final Feeds feeds = new Feeds(loops, threads, webSockets);
    private final FeedRegistry registry;
    private final HttpServer server;
    private final int port;

    /** A server with one feed, or, where there is something to do when one is made, with those of a pattern. */
    FeedHost(FeedOptions options, @Nullable Consumer<Feed> onCreated) throws IOException {
        registry = new FeedRegistry(feeds, onCreated == null ? PATH : "/feeds/{name}", options, onCreated);
        HttpOptions http =
                HttpOptions.defaults().withLimits(HttpLimits.defaults().withMaxConnections(5000, 5000));
        server = new HttpServer(loops, threads, http, new FeedHandler(registry, webSockets));
        port = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    int port() {
        return port;
    }

    Feed feed() {
        return new Feed(registry, PATH);
    }

    FeedStats stats() {
        return feeds.stats();
    }

    /** What the feed is just now. */
    LiveFeed live(String path) {
        LiveFeed live = registry.enter(path).orElseThrow();
        live.leave();
        return live;
    }

    long connections() {
        return server.stats().active();
    }

    /** Deadlines of all loops. */
    long timers() {
        return sum(loop -> loop.timers().waiting());
    }

    /** Readers that are listed, on all loops. */
    long audience() {
        LiveFeed live = live(PATH);
        return sum(loop -> live.audience(loop).size());
    }

    /** Buffers of the pool that somebody holds, or a thread keeps for the next who wants one. */
    static long buffers() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
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
        feeds.close(Duration.ofSeconds(2));
        webSockets.close(Duration.ofSeconds(2));
        server.close(Duration.ofSeconds(2));
        threads.close();
        loops.close();
    }
}
