package io.posthorn.loop;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Deadlines that all come equally long after they are set, all heartbeats of a server say: whoever is set last is due
 * last, so that they stand in a queue, and the loop has one timer for all of them, set to the head's.
 *
 * <pre>
 *   head                        tail
 *   [due 1.0 s] [due 1.2 s] ... [due 26 s]  &lt;- add: 25 s from now
 *       |
 *     the timer
 * </pre>
 *
 * Setting and removing cost a few links, no memory and, but for the head, no timer. Unlike the {@link TimerWheel} it is
 * as precise as the loop's clock. Nothing is scheduled while it is empty. All methods are the loop's.
 */
@OnLoop
public final class DeadlineQueue {
    private static final Logger log = LoggerFactory.getLogger(DeadlineQueue.class);
    /** Where more are due at once, the loop's sockets have their turn between. */
    private static final int MAX_PER_TURN = 1024;

    private static final long MAX_DELAY = Long.MAX_VALUE / 4;

    private final EventLoop eventLoop;
    private final LongSupplier nanoTime;
    private final long delay;
    private final Runnable turn = this::turn;
    private @Nullable Entry head;
    private @Nullable Entry tail;
    private int size;
    private @Nullable ScheduledFuture<?> timer;
    private long timerDue;

    /**
     * An empty queue.
     *
     * @param delayNanos how long after it is set each is due, at least 1; centuries are as good as forever
     * @throws IllegalArgumentException where the delay is not positive
     */
    public DeadlineQueue(Loop loop, long delayNanos) {
        this(loop.eventLoop(), delayNanos, System::nanoTime);
    }

    DeadlineQueue(EventLoop eventLoop, long delayNanos, LongSupplier nanoTime) {
        if (delayNanos < 1) {
            throw new IllegalArgumentException("A delay is at least a nanosecond, not " + delayNanos);
        }
        this.eventLoop = eventLoop;
        this.nanoTime = nanoTime;
        this.delay = Math.min(delayNanos, MAX_DELAY);
    }

    /** Sets a deadline, wherever it stood before: it is due the delay from now. */
    public void add(Entry entry) {
        addAfter(entry, nanoTime.getAsLong());
    }

    /**
     * Sets a deadline, wherever it stood before: it is due the delay from a time. One that is due before others that are
     * set already costs a walk past them.
     *
     * @param sinceNanos of {@link System#nanoTime}
     */
    public void addAfter(Entry entry, long sinceNanos) {
        assert eventLoop.inEventLoop();
        if (entry.queue != null) {
            entry.queue.remove(entry);
        }
        entry.due = sinceNanos + delay;
        entry.queue = this;
        link(entry);
        size++;
        if (head == entry) {
            arm(nanoTime.getAsLong());
        }
    }

    /** Takes a deadline out; nothing happens where it is not in this queue. */
    public void remove(Entry entry) {
        assert eventLoop.inEventLoop();
        if (entry.queue != this) {
            return;
        }
        unlink(entry);
        entry.queue = null;
        size--;
        if (size == 0) {
            disarm();
        }
    }

    /** How many deadlines are set. */
    public int size() {
        return size;
    }

    /** Behind all that are due no later. */
    private void link(Entry entry) {
        Entry before = tail;
        while (before != null && before.due - entry.due > 0) {
            before = before.previous;
        }
        Entry after = before == null ? head : before.next;
        entry.previous = before;
        entry.next = after;
        setNext(before, entry);
        setPrevious(after, entry);
    }

    private void unlink(Entry entry) {
        setNext(entry.previous, entry.next);
        setPrevious(entry.next, entry.previous);
        entry.previous = null;
        entry.next = null;
    }

    private void setNext(@Nullable Entry entry, @Nullable Entry next) {
        if (entry == null) {
            head = next;
        } else {
            entry.next = next;
        }
    }

    private void setPrevious(@Nullable Entry entry, @Nullable Entry previous) {
        if (entry == null) {
            tail = previous;
        } else {
            entry.previous = previous;
        }
    }

    /** Sets the timer to the head's time, unless it comes before: then it finds nothing, and is set anew. */
    private void arm(long now) {
        if (head == null || (timer != null && timerDue - head.due <= 0)) {
            return;
        }
        disarm();
        timerDue = head.due;
        timer = eventLoop.schedule(turn, Math.max(0, timerDue - now), TimeUnit.NANOSECONDS);
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void turn() {
        timer = null;
        long now = nanoTime.getAsLong();
        for (int i = 0; i < MAX_PER_TURN && head != null && head.due - now <= 0; i++) {
            Entry entry = head;
            remove(entry);
            expire(entry);
        }
        arm(nanoTime.getAsLong());
    }

    private static void expire(Entry entry) {
        try {
            entry.onDue();
        } catch (Throwable failure) {
            // An Error too: without its timer the queue would stand still for all others.
            log.error("A deadline's action failed", failure);
        }
    }

    /** A deadline; in one queue at a time. */
    public abstract static class Entry {
        private @Nullable DeadlineQueue queue;
        private @Nullable Entry previous;
        private @Nullable Entry next;
        private long due;

        /** For subclasses. */
        protected Entry() {}

        /** The time has come; called on the loop. The deadline is out of the queue and may be set again. */
        protected abstract void onDue();

        /** Whether it is set. */
        public final boolean isQueued() {
            return queue != null;
        }

        /** When it is due, of {@link System#nanoTime}; means nothing unless it is set. */
        public final long due() {
            return due;
        }
    }
}
