package io.posthorn.playground.lab;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gathers what happens, and has it told four times a second, as long as anything happens. Safe for all threads. */
final class News {
    private static final long PERIOD_MILLIS = 250;

    private final ScheduledExecutorService timers;
    private final Runnable telling;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** News that are told by an action, on the thread of the timers. */
    News(ScheduledExecutorService timers, Runnable telling) {
        this.timers = timers;
        this.telling = telling;
    }

    /** There is something to tell. */
    void happened() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            timers.schedule(this::tell, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tell() {
        // Before: what happens during the telling is told the next time.
        scheduled.set(false);
        telling.run();
    }
}
