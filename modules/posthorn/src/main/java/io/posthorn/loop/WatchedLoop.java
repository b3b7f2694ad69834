package io.posthorn.loop;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/**
 * What the watchdog knows of one loop: the call that it saw it in, since when, and what the samples of it showed. Lives
 * on the watchdog's thread.
 */
final class WatchedLoop {
    /** A loop that is inside one handler for so long is sampled, again and again. */
    static final long SAMPLED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A single call that waits for so long moves its site. */
    static final long TOO_LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final LoopWatch watch;
    private long call = -1;
    private long since;
    private long nextSample;
    private int samples;
    private int waits;

    /** What is told of a site that does not belong on a loop. */
    @FunctionalInterface
    interface Verdict {
        /** It was seen to wait, here for the last time. */
        void onWaiting(HandlerSite site, StackSample sample);
    }

    WatchedLoop(LoopWatch watch) {
        this.watch = watch;
    }

    /** Whether the loop has not gone into nor come out of any handler since this was asked last. */
    boolean isQuiet() {
        return call == watch.call() && watch.site() == null;
    }

    /** Looks what the loop is about, and tells of a site that waits too often or too long. */
    void look(long now, Verdict verdict) {
        long current = watch.call();
        HandlerSite site = watch.site();
        if (current != call) {
            begin(current, now);
            return;
        }
        if (site == null || !site.isWatched() || now - nextSample < 0) {
            return;
        }
        nextSample = now + SAMPLED_AFTER_NANOS;
        StackSample sample = sample();
        if (sample != null && isOneTooMany(site, now)) {
            verdict.onWaiting(site, sample);
        }
    }

    private void begin(long current, long now) {
        call = current;
        since = now;
        nextSample = now + SAMPLED_AFTER_NANOS;
        samples = 0;
        waits = 0;
    }

    /** A sample that waits, and is of this call for certain. */
    private @Nullable StackSample sample() {
        Thread thread = watch.thread();
        if (thread == null) {
            return null;
        }
        StackSample sample = StackSample.of(thread);
        if (watch.call() != call) {
            return null;
        }
        samples++;
        if (!sample.waits()) {
            return null;
        }
        waits++;
        return sample;
    }

    /** Calls are counted once each, however often they are seen to wait. Who mostly computes is not moved by one call. */
    private boolean isOneTooMany(HandlerSite site, long now) {
        boolean tooLong = now - since >= TOO_LONG_NANOS && waits * 2 >= samples;
        return tooLong || (waits == 1 && site.hasWaitedTooOften());
    }
}
