package io.posthorn.playground.lab;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gathers what happens, and has it told four times a second, or at once where it is urgent. Safe for all threads. */
final class News {
    private static final long PERIOD_MILLIS = 250;

    private final ScheduledExecutorService timers;
    private final Runnable telling;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean hurried = new AtomicBoolean();

    /** News that are told by an action, on the thread of the timers. */
    News(ScheduledExecutorService timers, Runnable telling) {
        this.timers = timers;
        this.telling = telling;
    }

    /** There is something to tell. */
    void happened() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            timers.schedule(() -> tell(scheduled), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** There is something to tell that cannot wait; all else that has happened is told with it. */
    void urgent() {
        if (hurried.compareAndSet(false, true)) {
            timers.execute(() -> tell(hurried));
        }
    }

    private void tell(AtomicBoolean awaited) {
        // Before: what happens during the telling is told the next time.
        awaited.set(false);
        telling.run();
    }
}
