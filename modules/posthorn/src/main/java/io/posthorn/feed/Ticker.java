package io.posthorn.feed;

import io.posthorn.loop.Loop;
import io.posthorn.loop.UserThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A feed's source: asks for a message once in a period, by one timer for all readers, and only while there are some. Who
 * polls counts as a reader for two periods. The supplier is called on a thread that may block, never twice at once.
 *
 * <p>Everything but the supplier happens on one loop, which the ticker keeps.
 */
final class Ticker {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    private final LiveFeed feed;
    private final Loop loop;
    private final UserThreads threads;
    private final long period;
    private final Supplier<?> source;
    private final AtomicBoolean failureLogged = new AtomicBoolean();
    private @Nullable ScheduledFuture<?> timer;
    /** Polls that wait for the source's next answer. */
    private final Set<Poll> waiting = new HashSet<>();

    private boolean asking;
    private boolean stopped;
    private boolean ticked;
    private long lastTick;
    private boolean answered;
    private long lastAnswer;
    private long lastPoll;
    private boolean polled;

    private static final class Poll {
        private final CompletableFuture<Void> fresh = new CompletableFuture<>();
    }

    Ticker(LiveFeed feed, Loop loop, UserThreads threads, Duration period, Supplier<?> source) {
        this.feed = feed;
        this.loop = loop;
        this.threads = threads;
        this.period = period.toNanos();
        this.source = source;
    }

    /** A reader has come. */
    void start() {
        loop.mailbox().post(this::startTimer);
    }

    /** The feed needs no source any more. */
    void stop() {
        loop.mailbox().post(() -> {
            stopped = true;
            cancel();
            answerPolls();
        });
    }

    /** A long poll was answered: who sent it counts as a reader for two periods more. */
    void pollAnswered() {
        loop.mailbox().post(() -> {
            polled = true;
            lastPoll = System.nanoTime();
        });
    }

    /**
     * A poll has come: counts as a reader for two periods.
     *
     * @return done when the feed's latest message is no older than a period, or the source has had a period to give one
     */
    CompletionStage<Void> polled() {
        Poll poll = new Poll();
        CompletableFuture<Void> fresh = poll.fresh;
        boolean alive = loop.mailbox().execute(() -> {
            polled = true;
            lastPoll = System.nanoTime();
            startTimer();
            if (stopped || (answered && lastPoll - lastAnswer < period)) {
                fresh.complete(null);
            } else {
                waiting.add(poll);
            }
        });
        if (!alive) {
            fresh.complete(null);
        }
        if (!fresh.isDone()) {
            fresh.completeOnTimeout(null, period, TimeUnit.NANOSECONDS);
            // A source that hangs must not keep the polls that wait no more.
            fresh.thenRun(() -> loop.mailbox().post(() -> waiting.remove(poll)));
        }
        return fresh;
    }

    private void startTimer() {
        if (stopped || timer != null) {
            return;
        }
        long delay = ticked ? Math.max(0, lastTick + period - System.nanoTime()) : 0;
        timer = loop.atFixedRate(this::tick, delay, period);
    }

    private void tick() {
        boolean wanted = feed.readers() > 0 || (polled && System.nanoTime() - lastPoll < 2 * period);
        if (!wanted) {
            cancel();
            return;
        }
        long now = System.nanoTime();
        if (asking || (ticked && now - lastTick < period / 2)) {
            return; // the source is slower than its clock, or the loop was, and the timer makes up for it
        }
        asking = true;
        ticked = true;
        lastTick = now;
        threads.execute(this::ask);
    }

    private void ask() {
        try {
            Object data = source.get();
            if (data != null) {
                feed.publish(Feed.message(null, data));
            }
        } catch (Throwable failure) {
            // An Error too: the next tick may do better.
            failed(failure);
        }
        loop.mailbox().execute(this::asked);
    }

    private void asked() {
        asking = false;
        answered = true;
        lastAnswer = System.nanoTime();
        answerPolls();
    }

    private void answerPolls() {
        List<Poll> polls = List.copyOf(waiting);
        waiting.clear();
        polls.forEach(poll -> poll.fresh.complete(null));
    }

    private void failed(Throwable failure) {
        feed.counters().sourceFailures.increment();
        if (failureLogged.compareAndSet(false, true)) {
            log.error("The source of {} failed; further failures are only counted", feed.path(), failure);
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
