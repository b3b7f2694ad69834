package io.posthorn.loop;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which handler a loop is inside of, and since which call. The loop writes it with each call of a handler and pays for
 * two stores on the way in and two on the way out; the {@link Watchdog} reads it now and then, and believes only what
 * it has seen twice.
 */
final class LoopWatch {
    private final AtomicReference<@Nullable HandlerSite> site = new AtomicReference<>();
    private final AtomicLong call = new AtomicLong();
    private volatile @Nullable Thread thread;

    /**
     * The loop goes into a handler.
     *
     * @return the one that it is inside of already, to be handed to {@link #leave}
     */
    @OnLoop
    @Nullable
    HandlerSite enter(HandlerSite next) {
        if (thread == null) {
            thread = Thread.currentThread();
        }
        HandlerSite outer = site.getPlain();
        change(next);
        return outer;
    }

    /** The loop comes out of a handler. What is left of the outer one counts as a call of its own. */
    @OnLoop
    void leave(@Nullable HandlerSite outer) {
        change(outer);
    }

    /** The handler that the loop is inside of. */
    @Nullable
    HandlerSite site() {
        return site.getAcquire();
    }

    /** Another number for each way in or out. */
    long call() {
        return call.getAcquire();
    }

    /** The loop's thread; null before its first call. */
    @Nullable
    Thread thread() {
        return thread;
    }

    private void change(@Nullable HandlerSite next) {
        site.setRelease(next);
        call.setRelease(call.getPlain() + 1);
    }
}
