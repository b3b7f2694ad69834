package io.posthorn.playground.lab;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gathers what happens, and has it told four times a second, or at once where it is urgent; however urgent, one telling does
 * not follow another within 50 ms. Safe for all threads.
 */
final class News {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long APART = TimeUnit.MILLISECONDS.toNanos(50);

    private final ScheduledExecutorService timers;
    private final Runnable telling;
    private @Nullable Future<?> next;
    private long due;
    private long lastTold = System.nanoTime() - APART;

    /** News that are told by an action, on the thread of the timers. */
    News(ScheduledExecutorService timers, Runnable telling) {
        this.timers = timers;
        this.telling = telling;
    }

    /** There is something to tell. */
    synchronized void happened() {
        if (next == null) {
            tellAfter(PERIOD);
        }
    }

    /** There is something to tell that cannot wait; all else that has happened is told with it. */
    synchronized void urgent() {
        long now = System.nanoTime();
        long wait = Math.max(0, lastTold + APART - now);
        if (next == null) {
            tellAfter(wait);
        } else if (due - now > wait) {
            next.cancel(false);
            tellAfter(wait);
        }
    }

    private void tellAfter(long wait) {
        due = System.nanoTime() + wait;
        next = timers.schedule(this::tell, wait, TimeUnit.NANOSECONDS);
    }

    private void tell() {
        synchronized (this) {
            // Before: what happens during the telling is told the next time.
            next = null;
            lastTold = System.nanoTime();
        }
        telling.run();
    }
}
