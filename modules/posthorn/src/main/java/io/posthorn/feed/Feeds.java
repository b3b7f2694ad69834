package io.posthorn.feed;

import io.posthorn.http.HttpHandler;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.Loop;
import io.posthorn.loop.UserThreads;
import io.posthorn.transport.CloseReason;
import io.posthorn.websocket.WebSockets;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What all feeds of one server share: loops, threads, counters, and the list of them. Safe for all threads. */
public final class Feeds {
    private final EventLoops loops;
    private final UserThreads threads;
    private final WebSockets webSockets;
    private final FeedCounters counters = new FeedCounters();
    private final List<FeedRegistry> registries = new CopyOnWriteArrayList<>();
    private volatile boolean closing;

    /** The feeds of a server that runs on these loops, with these threads for what may block. */
    public Feeds(EventLoops loops, UserThreads threads, WebSockets webSockets) {
        this.loops = loops;
        this.threads = threads;
        this.webSockets = webSockets;
    }

    /**
     * A feed and what serves it.
     *
     * @param <T> a feed, or the feeds of a pattern
     * @param feed to publish to
     * @param reads the handler of {@code GET} on its path
     * @param publishes the handler of {@code POST}, which refuses all where the options let nobody publish
     */
    public record Served<T>(T feed, HttpHandler reads, HttpHandler publishes) {}

    /** A feed that is always there. */
    public Served<Feed> feed(String path, FeedOptions options) {
        FeedRegistry registry = register(new FeedRegistry(this, path, options, null));
        return serve(new Feed(registry, path), registry);
    }

    /** The feeds of a pattern. */
    public Served<FeedPattern> feeds(String pattern, FeedOptions options, Consumer<Feed> onCreated) {
        FeedRegistry registry = register(new FeedRegistry(this, pattern, options, onCreated));
        return serve(new FeedPattern(registry), registry);
    }

    /** What was counted so far. */
    public FeedStats stats() {
        return counters.snapshot();
    }

    /**
     * Begins to end all readers: polls are answered, streams and WebSockets say their last words. New ones are refused with
     * 503. Not to be called on a loop.
     *
     * @param deadline how long to wait for the loops
     */
    public void close(Duration deadline) {
        closing = true;
        // Whoever was let in before has become a reader when each loop's turn is over.
        loops.awaitTurn(deadline);
        registries.forEach(registry -> registry.close(CloseReason.SERVER_CLOSING));
    }

    /** Waits until all readers are gone, as long as the deadline at most. Not to be called on a loop. */
    public synchronized void awaitNoReaders(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            long left = end - System.nanoTime();
            while (left > 0 && registries.stream().anyMatch(FeedRegistry::hasReaders)) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = end - System.nanoTime();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isClosing() {
        return closing;
    }

    FeedCounters counters() {
        return counters;
    }

    UserThreads threads() {
        return threads;
    }

    /** A reader has gone. */
    void left() {
        if (closing) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** The loop that keeps the timers of what has this name. */
    Loop home(String name) {
        List<Loop> all = loops.all();
        return all.get(Math.floorMod(name.hashCode(), all.size()));
    }

    private <T> Served<T> serve(T feed, FeedRegistry registry) {
        PublishHandler publishes = new PublishHandler(registry);
        boolean mayBlock = registry.options().publishing().orElse(null) != PublishAuthorizer.anyone();
        FeedHandler reads = new FeedHandler(registry, webSockets);
        return new Served<>(
                feed,
                registry.options().reading().isPresent() ? HttpHandler.blocking(reads) : reads,
                mayBlock ? HttpHandler.blocking(publishes) : publishes);
    }

    private FeedRegistry register(FeedRegistry registry) {
        registries.add(registry);
        return registry;
    }
}
