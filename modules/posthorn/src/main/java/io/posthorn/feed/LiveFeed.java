package io.posthorn.feed;

import io.posthorn.loop.Loop;
import io.posthorn.loop.UserThreads;
import io.posthorn.transport.CloseReason;
import io.posthorn.transport.Message;
import io.posthorn.transport.Sequencer;
import io.posthorn.transport.TransportType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a feed is while it is there: a sequence, its readers by loop, and perhaps a source. A {@link FeedRegistry} makes it,
 * and frees it once nobody has used it for some time. Safe for all threads, but for what is marked.
 */
final class LiveFeed {
    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

    private final String path;
    private final Feeds feeds;
    private final FeedOptions options;
    private final Sequencer sequencer;
    private final Map<Loop, Audience> audiences = new ConcurrentHashMap<>();
    private @Nullable Ticker ticker;
    private int readers;
    private long lastUse = System.nanoTime();
    private boolean freed;
    private volatile CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);

    LiveFeed(String path, Feeds feeds, FeedOptions options) {
        this.path = path;
        this.feeds = feeds;
        this.options = options;
        this.sequencer = new Sequencer(
                options.limits().bufferMessages(), options.limits().bufferBytes());
    }

    String path() {
        return path;
    }

    FeedOptions options() {
        return options;
    }

    Sequencer sequencer() {
        return sequencer;
    }

    FeedCounters counters() {
        return feeds.counters();
    }

    /** This feed's readers on a loop. */
    Audience audience(Loop loop) {
        return audiences.computeIfAbsent(loop, home -> new Audience(home, sequencer, counters()));
    }

    /** Lets readers wait until the feed is {@linkplain #setUp set up}; to be called before anyone else sees it. */
    void awaitSetUp() {
        ready = new CompletableFuture<>();
    }

    /** Lets the application set the feed up, on a thread that may block. */
    void setUp(UserThreads threads, Runnable action) {
        CompletableFuture<Void> done = ready;
        threads.execute(() -> {
            try {
                action.run();
            } catch (Throwable failure) {
                // An Error too: the feed's readers wait.
                counters().sourceFailures.increment();
                log.error("The feed {} could not be set up", path, failure);
            } finally {
                done.complete(null);
            }
        });
    }

    /** Goes on, on a loop, once the feed is set up and, for a poll of one with a source, has something new. */
    void whenReady(Loop loop, boolean polls, Runnable action) {
        Optional<Ticker> source = polls ? source() : Optional.empty();
        if (ready.isDone() && source.isEmpty()) {
            loop.mailbox().execute(action);
            return;
        }
        CompletionStage<Void> awaited = ready.thenCompose(
                done -> source().filter(some -> polls).map(Ticker::polled).orElse(ready));
        awaited.thenRun(() -> loop.mailbox().execute(action));
    }

    /** Counts a reader, until it has {@link #left}; false where the feed has been freed meanwhile. */
    synchronized boolean enter() {
        if (freed) {
            return false;
        }
        readers++;
        if (readers == 1 && ticker != null) {
            ticker.start(); // it does not stop while there are more
        }
        return true;
    }

    /** A reader's transport has closed. */
    void left(TransportType type, CloseReason reason) {
        counters().closed(type);
        if (reason == CloseReason.TOO_SLOW) {
            counters().slowReaders.increment();
        }
        if (type == TransportType.LONG_POLLING && reason == CloseReason.ANSWERED) {
            source().ifPresent(Ticker::pollAnswered);
        }
        leave();
    }

    /** Takes back {@link #enter}. */
    void leave() {
        synchronized (this) {
            readers--;
            lastUse = System.nanoTime();
        }
        feeds.left();
    }

    synchronized int readers() {
        return readers;
    }

    /** Publishes; nothing where the feed has been freed meanwhile. */
    synchronized Optional<Message> publish(Message message) {
        if (freed) {
            return Optional.empty();
        }
        lastUse = System.nanoTime();
        counters().published.increment();
        return Optional.of(sequencer.publish(message));
    }

    /** Gives the feed a source, in place of the one that it has; nothing where the feed has been freed meanwhile. */
    synchronized Optional<Ticker> source(Ticker next) {
        if (freed) {
            return Optional.empty();
        }
        if (ticker != null) {
            ticker.stop();
        }
        ticker = next;
        if (readers > 0) {
            next.start();
        }
        return Optional.of(next);
    }

    synchronized Optional<Ticker> source() {
        return Optional.ofNullable(ticker);
    }

    /** Ends where nobody has used it for so long; false where somebody has. */
    synchronized boolean free(long unusedNanos) {
        if (readers > 0 || System.nanoTime() - lastUse < unusedNanos) {
            return false;
        }
        end();
        return true;
    }

    /** Ends, and all readers with it. */
    void close(CloseReason reason) {
        synchronized (this) {
            end();
        }
        audiences.values().forEach(audience -> audience.loop().mailbox().execute(() -> audience.close(reason)));
    }

    /** Whether it takes no readers and messages any more: whoever comes needs another one. */
    synchronized boolean hasEnded() {
        return freed;
    }

    /** Why a reader that finds it ended is let go. */
    CloseReason endReason() {
        return feeds.isClosing() ? CloseReason.SERVER_CLOSING : CloseReason.GONE;
    }

    private void end() {
        freed = true;
        if (ticker != null) {
            ticker.stop();
        }
    }
}
