package io.posthorn.feed;

import io.posthorn.loop.Loop;
import io.posthorn.loop.TimerWheel;
import io.posthorn.transport.CloseReason;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.Message;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The feeds of one route: one that is always there, or those of a pattern, which are made when first used and freed when
 * nobody has used them for some time. Safe for all threads.
 */
final class FeedRegistry {
    private final Feeds feeds;
    private final String pattern;
    private final FeedOptions options;
    private final @Nullable Consumer<Feed> onCreated;
    private final Map<String, LiveFeed> live = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final TimerWheel.Deadline sweep = new SweepDeadline();
    private boolean sweeping;

    /**
     * A registry without feeds.
     *
     * @param pattern the path of one feed, or what the paths of all have in common
     * @param onCreated what to do with a feed of a pattern when it is made; null where the route has one feed, for good
     */
    FeedRegistry(Feeds feeds, String pattern, FeedOptions options, @Nullable Consumer<Feed> onCreated) {
        this.feeds = feeds;
        this.pattern = pattern;
        this.options = options;
        this.onCreated = onCreated;
    }

    String pattern() {
        return pattern;
    }

    FeedOptions options() {
        return options;
    }

    FeedCounters counters() {
        return feeds.counters();
    }

    /** The feed of a path, which counts a reader now; nothing where there is room for no more, or the server closes. */
    Optional<LiveFeed> enter(String path) {
        return use(path, feed -> feed.enter() ? Optional.of(feed) : Optional.empty());
    }

    Cursor publish(String path, Message message) {
        return use(path, feed -> feed.publish(message)).flatMap(Message::cursor).orElseThrow(() -> refusal(path));
    }

    void every(String path, Duration period, Supplier<?> source) {
        Loop home = feeds.home(path);
        if (use(path, feed -> feed.source(new Ticker(feed, home, feeds.threads(), period, source)))
                .isEmpty()) {
            throw refusal(path);
        }
    }

    void end(String path) {
        LiveFeed feed = live.get(path);
        if (feed != null) {
            feed.close(CloseReason.GONE);
            forget(feed);
        }
    }

    int readers(String path) {
        LiveFeed feed = live.get(path);
        return feed == null ? 0 : feed.readers();
    }

    /** Whether the server closes, so that nobody is taken in any more. */
    boolean isClosed() {
        return feeds.isClosing();
    }

    boolean hasReaders() {
        return live.values().stream().anyMatch(feed -> feed.readers() > 0);
    }

    /** Ends all feeds and their readers. */
    void close(CloseReason reason) {
        live.values().forEach(feed -> feed.close(reason));
    }

    /** Does something with a feed, which is made where it is not there; again, where it was freed meanwhile. */
    private <T> Optional<T> use(String path, Function<LiveFeed, Optional<T>> action) {
        while (!isClosed()) {
            LiveFeed feed = live.get(path);
            if (feed == null) {
                feed = create(path);
            }
            if (feed == null) {
                return Optional.empty();
            }
            Optional<T> result = action.apply(feed);
            if (result.isPresent()) {
                return result;
            }
            forget(feed);
        }
        return Optional.empty();
    }

    private @Nullable LiveFeed create(String path) {
        if (size.incrementAndGet() > options.limits().maxFeeds()) {
            size.decrementAndGet();
            return null;
        }
        LiveFeed created = new LiveFeed(path, feeds, options);
        if (onCreated != null) {
            created.awaitSetUp();
        }
        LiveFeed other = live.putIfAbsent(path, created);
        if (other != null) {
            size.decrementAndGet();
            return other;
        }
        counters().created.increment();
        if (isClosed()) {
            created.close(CloseReason.SERVER_CLOSING);
        }
        if (onCreated != null) {
            Consumer<Feed> setUp = onCreated;
            created.setUp(feeds.threads(), () -> setUp.accept(new Feed(this, path)));
            feeds.home("").mailbox().execute(this::sweepLater);
        }
        return created;
    }

    private void forget(LiveFeed feed) {
        if (live.remove(feed.path(), feed)) {
            size.decrementAndGet();
            counters().freed.increment();
        }
    }

    private IllegalStateException refusal(String path) {
        return new IllegalStateException(
                isClosed() ? "This server is closed" : "There is no room for the feed " + path + " beside " + size);
    }

    private void sweepLater() {
        if (!sweeping && !isClosed()) {
            sweeping = true;
            long half = options.limits().unusedFor().toNanos() / 2;
            feeds.home("").timers().schedule(sweep, half);
        }
    }

    private void sweep() {
        sweeping = false;
        long unused = options.limits().unusedFor().toNanos();
        for (LiveFeed feed : live.values()) {
            if (feed.free(unused)) {
                forget(feed);
            }
        }
        if (!live.isEmpty()) {
            sweepLater();
        }
    }

    /** On the loop that keeps house for all feeds. */
    private final class SweepDeadline extends TimerWheel.Deadline {
        @Override
        protected void onExpired() {
            sweep();
        }
    }
}
